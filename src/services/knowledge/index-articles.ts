import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Article, Chunk } from '../../generated/prisma/client.ts'
import { bytesFromFloats, floatsFromBytes } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'
import { type IndexedChunk, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { articleTopic } from './await-indexed.ts'
import { type ArticleChunk, chunkArticle, embeddedText } from './chunk-article.ts'
import { indexedChunk } from './indexed-chunk.ts'
import { lockArticle } from './store-article.ts'
import { syncVectors } from './sync-vectors.ts'

type Needed = Pick<Resources, 'database' | 'queue' | 'wakeUps' | 'vectors' | 'embedder' | 'countTokens' | 'logger'>
type EmbeddedChunk = ArticleChunk & { vector: Float32Array | null }

/**
 * Makes chunks and index hold what each article says now; unpublished and deleted ones leave the index. Doing it again changes nothing.
 * Without the embedder the chunks are stored all the same, so that keyword search finds them; then it throws, and the job tries again.
 */
export async function indexArticles(resources: Needed, { articleIds, signal }: { articleIds: string[]; signal?: AbortSignal }): Promise<void> {
  const { database, wakeUps } = resources
  const articles = await database.article.findMany({ where: { id: { in: articleIds } }, include: { chunks: { orderBy: { index: 'asc' } } } })
  const cut: { article: (typeof articles)[number]; chunks: ArticleChunk[] }[] = []
  for (const article of articles) {
    try {
      cut.push({ article, chunks: article.status === 'PUBLISHED' ? chunkArticle(article, resources.countTokens) : [] })
    } catch (error) {
      // A text that trips us up today does so again on every try, and must not keep the others from the index.
      await markFailed(resources, article, error)
    }
  }
  const { embedded, failure } = await embedChunks(resources, cut, signal)

  const indexed: { article: Article; rows: IndexedChunk[] }[] = []
  for (const { article, chunks } of embedded) {
    const rows = await replaceChunks(resources, article, chunks)
    // Null: a newer version came meanwhile, and its own job follows.
    if (rows) indexed.push({ article, rows })
  }
  const gone = articleIds.filter((id) => !articles.some((article) => article.id === id))
  await writeVectors(
    resources,
    [...indexed.map(({ article }) => article.id), ...gone],
    indexed.flatMap(({ rows }) => rows),
  )

  for (const { article, rows } of indexed) {
    const isComplete = !failure || rows.every(({ vector }) => vector !== null)
    if (isComplete) await markIndexed(resources, article)
    wakeUps.notify(articleTopic(article.id))
  }
  if (failure) throw failure
}

/** A chunk whose text is as before keeps its vector. */
async function embedChunks(
  { embedder, logger }: Needed,
  cut: { article: Article & { chunks: Chunk[] }; chunks: ArticleChunk[] }[],
  signal: AbortSignal | undefined,
): Promise<{ embedded: { article: Article; chunks: EmbeddedChunk[] }[]; failure: EmbedderUnavailableError | null }> {
  const vectors = new Map<string, Float32Array>()
  let failure: EmbedderUnavailableError | null = null
  if (embedder) {
    for (const chunk of cut.flatMap(({ article }) => article.chunks)) {
      if (chunk.embedding && chunk.embeddingModel === embedder.model) vectors.set(embeddedText(chunk), floatsFromBytes(chunk.embedding))
    }
    const missing = [...new Set(cut.flatMap(({ chunks }) => chunks.map(embeddedText)))].filter((text) => !vectors.has(text))
    try {
      const fresh = missing.length === 0 ? [] : await embedder.embed(missing, { priority: 'bulk', ...(signal && { signal }) })
      for (const [index, text] of missing.entries()) vectors.set(text, fresh[index]!)
    } catch (error) {
      if (!(error instanceof EmbedderUnavailableError)) throw error
      logger.warn({ reason: error.message, texts: missing.length }, 'articles indexed for keyword search only')
      failure = error
    }
  }
  const embedded = cut.map(({ article, chunks }) => ({
    article,
    chunks: chunks.map((chunk) => ({ ...chunk, vector: vectors.get(embeddedText(chunk)) ?? null })),
  }))
  return { embedded, failure }
}

function replaceChunks({ database, embedder }: Needed, article: Article, chunks: EmbeddedChunk[]): Promise<IndexedChunk[] | null> {
  return database.$transaction(async (tx) => {
    const current = await lockArticle(tx, article.id)
    if (current?.version !== article.version) return null
    await tx.chunk.deleteMany({ where: { articleId: article.id } })
    const rows = await tx.chunk.createManyAndReturn({
      data: chunks.map(({ vector, ...chunk }) => ({
        ...chunk,
        // The same id again for the same place: a search between this write and the index's finds the row all the same.
        id: `${article.id}-${chunk.index}`,
        articleId: article.id,
        articleVersion: article.version,
        embedding: vector && bytesFromFloats(vector),
        embeddingModel: vector && embedder ? embedder.model : null,
      })),
    })
    return rows.map((row) => indexedChunk(row, article))
  })
}

async function writeVectors(resources: Needed, articleIds: string[], rows: IndexedChunk[]): Promise<void> {
  try {
    await resources.vectors.replaceArticles(articleIds, rows)
  } catch (error) {
    if (!(error instanceof VectorStoreUnavailableError && error.needsRebuild)) throw error
    // It is lost. The chunks of these articles are in PostgreSQL already, so they come back with all others.
    await syncVectors(resources)
  }
}

async function markFailed({ database, logger, wakeUps }: Needed, { id, version }: Article, error: unknown): Promise<void> {
  logger.error({ articleId: id, err: error }, 'article cannot be cut into chunks')
  const message = 'It cannot be cut into chunks. The reason is in the server’s log; simplify its formatting and save it again.'
  await database.$executeRaw`UPDATE "Article" SET "indexState" = 'FAILED', "indexError" = ${message} WHERE "id" = ${id} AND "version" = ${version}`
  wakeUps.notify(articleTopic(id))
}

async function markIndexed({ database, queue }: Needed, { id, version }: Article): Promise<void> {
  // Not through Prisma's update: `updatedAt` says when a person changed the article.
  const updated = await database.$executeRaw`
    UPDATE "Article" SET "indexState" = 'INDEXED', "indexedVersion" = ${version}, "indexError" = NULL WHERE "id" = ${id} AND "version" = ${version}`
  // It was changed or deleted while this ran, and these rows may have gone over the newer ones.
  if (updated === 0) await queue.send('index-articles', { articleIds: [id] })
}
