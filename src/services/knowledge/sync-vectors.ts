import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { type IndexedChunk, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { indexedChunk } from './indexed-chunk.ts'

type Needed = Pick<Resources, 'database' | 'vectors' | 'logger'>

const batchArticles = 100

/**
 * Makes the index hold what PostgreSQL holds, from the stored vectors, without embedding anything: a lost or damaged one is rebuilt,
 * single articles that differ are replaced. Throws VectorStoreUnavailableError when its place cannot be reached.
 */
export async function syncVectors({ database, vectors, logger }: Needed): Promise<{ rebuilt: boolean; repaired: number }> {
  const expected = await storedVersions(database)
  const held = await heldVersions(vectors)
  const different = [...expected]
    .filter(([id, { version, chunks }]) => held?.get(id)?.version !== version || held.get(id)?.chunks !== chunks)
    .map(([id]) => id)
  const superfluous = [...(held?.keys() ?? [])].filter((id) => !expected.has(id))
  if (held === null || different.length > expected.size / 2 + batchArticles) {
    await vectors.rebuild(readChunks(database))
    if (expected.size > 0) logger.info({ articles: expected.size }, 'search index rebuilt from stored vectors')
    return { rebuilt: true, repaired: expected.size }
  }
  for (let start = 0; start < different.length; start += batchArticles) {
    const ids = different.slice(start, start + batchArticles)
    await vectors.replaceArticles(ids, await chunksOf(database, ids))
  }
  for (let start = 0; start < superfluous.length; start += 1_000) await vectors.replaceArticles(superfluous.slice(start, start + 1_000), [])
  const repaired = different.length + superfluous.length
  if (repaired > 0) logger.info({ articles: repaired }, 'search index repaired from stored vectors')
  return { rebuilt: false, repaired }
}

async function heldVersions(vectors: Needed['vectors']): Promise<Map<string, { version: number; chunks: number }> | null> {
  try {
    return await vectors.articleVersions()
  } catch (error) {
    if (error instanceof VectorStoreUnavailableError && error.needsRebuild) return null
    throw error
  }
}

async function storedVersions(database: Database): Promise<Map<string, { version: number; chunks: number }>> {
  const rows = await database.$queryRaw<{ id: string; version: number; chunks: number }[]>`
    SELECT c."articleId" AS id, c."articleVersion" AS version, count(*)::int AS chunks
    FROM "Chunk" c JOIN "Article" a ON a."id" = c."articleId" WHERE a."status" = 'PUBLISHED' GROUP BY 1, 2`
  return new Map(rows.map(({ id, version, chunks }) => [id, { version, chunks }]))
}

// By pages: PGlite's memory only grows, and a large base does not fit in it twice.
async function* readChunks(database: Database): AsyncGenerator<IndexedChunk[]> {
  let after = ''
  for (;;) {
    const page = await database.article.findMany({
      where: { id: { gt: after }, status: 'PUBLISHED' },
      orderBy: { id: 'asc' },
      take: batchArticles,
      include: { chunks: true },
    })
    if (page.length === 0) return
    yield page.flatMap((article) => article.chunks.map((chunk) => indexedChunk(chunk, article)))
    after = page.at(-1)!.id
  }
}

async function chunksOf(database: Database, articleIds: string[]): Promise<IndexedChunk[]> {
  const articles = await database.article.findMany({ where: { id: { in: articleIds } }, include: { chunks: true } })
  return articles.flatMap((article) => article.chunks.map((chunk) => indexedChunk(chunk, article)))
}
