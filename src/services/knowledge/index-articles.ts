import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Article, Chunk, IndexGeneration } from '../../generated/prisma/client.ts'
import { bytesFromFloats } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'
import { type IndexedChunk, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { articleTopic } from './await-indexed.ts'
import { type CutChunk, cutArticle } from './cut-article.ts'
import { type EmbeddedChunk, embedChunks, type StoredArticle } from './embed-chunks.ts'
import { embedderOf } from './embedder-of.ts'
import { indexedChunk } from './indexed-chunk.ts'
import { lockArticle } from './store-article.ts'
import { syncVectors } from './sync-vectors.ts'

export type IndexingNeeds = Pick<
  Resources,
  'database' | 'queue' | 'wakeUps' | 'vectors' | 'generations' | 'embedder' | 'embedders' | 'countTokens' | 'spelling' | 'logger'
>

/**
 * Makes chunks and index hold what each article says now; unpublished and deleted ones leave the index. Doing it again changes nothing.
 * While a new generation is built, both get it, so that nothing is missing after the swap. Without the embedder the chunks are stored all the
 * same, so that keyword search finds them; then it throws, and the job tries again.
 */
export async function indexArticles(resources: IndexingNeeds, { articleIds, signal }: { articleIds: string[]; signal?: AbortSignal }): Promise<void> {
  let failure: EmbedderUnavailableError | null = null
  for (const generation of await resources.generations.written()) failure ??= await indexInGeneration(resources, { articleIds, generation, signal })
  if (failure) throw failure
}

/** The same for one generation. Returns why some chunks have no vector, or null when all have. */
export async function indexInGeneration(
  resources: IndexingNeeds,
  { articleIds, generation, signal }: { articleIds: string[]; generation: IndexGeneration; signal: AbortSignal | undefined },
): Promise<EmbedderUnavailableError | null> {
  const { database, wakeUps, logger } = resources
  const isLive = generation.state === 'LIVE'
  const articles = await database.article.findMany({
    where: { id: { in: articleIds } },
    // Chunks of other generations may have the vectors that this one needs.
    include: { chunks: { orderBy: [{ generation: 'asc' }, { kind: 'asc' }, { index: 'asc' }] }, phrasings: { orderBy: { id: 'asc' } } },
  })
  const cut: { article: (typeof articles)[number]; chunks: CutChunk[] }[] = []
  for (const article of articles) {
    try {
      cut.push({ article, chunks: article.status === 'PUBLISHED' ? cutArticle(article, resources.countTokens) : [] })
      if (isLive && article.status === 'PUBLISHED')
        resources.spelling.learn(`${article.title}\n${article.body}`, { isPublic: article.audience === 'PUBLIC' })
    } catch (error) {
      if (error instanceof EmbedderUnavailableError) throw error
      // A text that trips us up today does so again on every try, and must not keep the others from the index.
      if (isLive) await markFailed(resources, article, error)
    }
  }
  const { embedded, failure, texts } = await embedChunks(cut, {
    embedder: embedderOf(resources, generation),
    model: generation.embeddingModel,
    signal,
  })
  if (failure) logger.warn({ reason: failure.message, texts }, 'articles indexed for keyword search only')

  const indexed: { article: Article; rows: IndexedChunk[] }[] = []
  for (const { article, chunks } of embedded) {
    const rows = await replaceChunks(resources, { article, chunks, generation })
    // Null: a newer version came meanwhile, and its own job follows.
    if (rows) indexed.push({ article, rows })
  }
  const gone = articleIds.filter((id) => !articles.some((article) => article.id === id))
  await writeVectors(
    resources,
    generation,
    [...indexed.map(({ article }) => article.id), ...gone],
    indexed.flatMap(({ rows }) => rows),
  )

  if (isLive) {
    for (const { article, rows } of indexed) {
      if (!failure || rows.every(({ vector }) => vector !== null)) await markIndexed(resources, article)
      wakeUps.notify(articleTopic(article.id))
    }
  }
  return failure
}

function replaceChunks(
  { database }: IndexingNeeds,
  { article, chunks, generation }: { article: StoredArticle; chunks: EmbeddedChunk[]; generation: IndexGeneration },
): Promise<IndexedChunk[] | null> {
  return database.$transaction(async (tx) => {
    const current = await lockArticle(tx, article.id)
    if (current?.version !== article.version) return null
    // Phrasings make no version; whoever changed them meanwhile has sent a job of its own too.
    const phrasings = await tx.phrasing.findMany({ where: { articleId: article.id }, orderBy: { id: 'asc' } })
    if (phrasings.map(({ id }) => id).join() !== article.phrasings.map(({ id }) => id).join()) return null
    await tx.chunk.deleteMany({ where: { articleId: article.id, generation: generation.number } })
    const rows = chunks.map(
      ({ vector, embedded: _embedded, fine: _fine, ...chunk }): Chunk => ({
        ...chunk,
        id: chunkId(article.id, generation.number, chunk),
        articleId: article.id,
        articleVersion: article.version,
        generation: generation.number,
        embedding: vector && bytesFromFloats(vector),
        embeddingModel: vector && generation.embeddingModel,
      }),
    )
    await tx.chunk.createMany({ data: rows })
    return rows.map((row) => indexedChunk(row, article))
  })
}

// The same id again for the same place: a search between this write and the index's finds the row all the same.
const chunkId = (articleId: string, generation: number, { kind, index }: Pick<Chunk, 'kind' | 'index'>) =>
  `${articleId}-${generation}${kind === 'PHRASING' ? 'p' : '-'}${index}`

async function writeVectors(resources: IndexingNeeds, generation: IndexGeneration, articleIds: string[], rows: IndexedChunk[]): Promise<void> {
  try {
    await resources.vectors.index(generation).replaceArticles(articleIds, rows)
  } catch (error) {
    if (!(error instanceof VectorStoreUnavailableError && error.needsRebuild)) throw error
    // It is lost, or new. The chunks of these articles are in PostgreSQL already, so they come with all others.
    await syncVectors(resources, generation)
  }
}

async function markFailed({ database, logger, wakeUps }: IndexingNeeds, { id, version }: Article, error: unknown): Promise<void> {
  logger.error({ articleId: id, err: error }, 'article cannot be cut into chunks')
  const message = 'It cannot be cut into chunks. The reason is in the server’s log; simplify its formatting and save it again.'
  await database.$executeRaw`UPDATE "Article" SET "indexState" = 'FAILED', "indexError" = ${message} WHERE "id" = ${id} AND "version" = ${version}`
  wakeUps.notify(articleTopic(id))
}

async function markIndexed({ database, queue }: IndexingNeeds, { id, version }: Article): Promise<void> {
  // Not through Prisma's update: `updatedAt` says when a person changed the article.
  const updated = await database.$executeRaw`
    UPDATE "Article" SET "indexState" = 'INDEXED', "indexedVersion" = ${version}, "indexError" = NULL WHERE "id" = ${id} AND "version" = ${version}`
  // It was changed or deleted while this ran, and these rows may have gone over the newer ones.
  if (updated === 0) await queue.send('index-articles', { articleIds: [id] })
}
