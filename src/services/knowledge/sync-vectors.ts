import type { IndexGeneration } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { type IndexedChunk, type VectorIndex, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { indexedChunk } from './indexed-chunk.ts'

type Needed = Pick<Resources, 'database' | 'vectors' | 'generations' | 'logger'>

const batchArticles = 100

/**
 * Makes the index hold what PostgreSQL holds, from the stored vectors, without embedding anything: a lost or damaged one is rebuilt,
 * single articles that differ are replaced. The live generation unless another is given. Throws VectorStoreUnavailableError when its place
 * cannot be reached.
 */
export async function syncVectors(
  { database, vectors, generations, logger }: Needed,
  generation?: IndexGeneration,
): Promise<{ rebuilt: boolean; repaired: number }> {
  generation ??= await generations.live()
  const { number } = generation
  const index = vectors.index(generation)
  const expected = await storedVersions(database, number)
  const held = await heldVersions(index)
  const different = [...expected]
    .filter(([id, { version, chunks }]) => held?.get(id)?.version !== version || held.get(id)?.chunks !== chunks)
    .map(([id]) => id)
  const superfluous = [...(held?.keys() ?? [])].filter((id) => !expected.has(id))
  if (held === null || different.length > expected.size / 2 + batchArticles) {
    await index.rebuild(readChunks(database, number))
    if (expected.size > 0) logger.info({ generation: number, articles: expected.size }, 'search index rebuilt from stored vectors')
    return { rebuilt: true, repaired: expected.size }
  }
  for (let start = 0; start < different.length; start += batchArticles) {
    const ids = different.slice(start, start + batchArticles)
    await index.replaceArticles(ids, await chunksOf(database, number, ids))
  }
  for (let start = 0; start < superfluous.length; start += 1_000) await index.replaceArticles(superfluous.slice(start, start + 1_000), [])
  const repaired = different.length + superfluous.length
  if (repaired > 0) logger.info({ generation: number, articles: repaired }, 'search index repaired from stored vectors')
  return { rebuilt: false, repaired }
}

async function heldVersions(index: VectorIndex): Promise<Map<string, { version: number; chunks: number }> | null> {
  try {
    return await index.articleVersions()
  } catch (error) {
    if (error instanceof VectorStoreUnavailableError && error.needsRebuild) return null
    throw error
  }
}

async function storedVersions(database: Database, generation: number): Promise<Map<string, { version: number; chunks: number }>> {
  const rows = await database.$queryRaw<{ id: string; version: number; chunks: number }[]>`
    SELECT c."articleId" AS id, c."articleVersion" AS version, count(*)::int AS chunks
    FROM "Chunk" c JOIN "Article" a ON a."id" = c."articleId" WHERE c."generation" = ${generation} AND a."status" = 'PUBLISHED' GROUP BY 1, 2`
  return new Map(rows.map(({ id, version, chunks }) => [id, { version, chunks }]))
}

// By pages: PGlite's memory only grows, and a large base does not fit in it twice.
async function* readChunks(database: Database, generation: number): AsyncGenerator<IndexedChunk[]> {
  let after = ''
  for (;;) {
    const page = await database.article.findMany({
      where: { id: { gt: after }, status: 'PUBLISHED' },
      orderBy: { id: 'asc' },
      take: batchArticles,
      include: { chunks: { where: { generation } } },
    })
    if (page.length === 0) return
    yield page.flatMap((article) => article.chunks.map((chunk) => indexedChunk(chunk, article)))
    after = page.at(-1)!.id
  }
}

async function chunksOf(database: Database, generation: number, articleIds: string[]): Promise<IndexedChunk[]> {
  const articles = await database.article.findMany({ where: { id: { in: articleIds } }, include: { chunks: { where: { generation } } } })
  return articles.flatMap((article) => article.chunks.map((chunk) => indexedChunk(chunk, article)))
}
