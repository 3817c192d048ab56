import { type Article, type Chunk, Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../../stores/database.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'

export type StoredChunk = Omit<Chunk, 'embedding' | 'fineVectors'>

const chunkColumns = columnsOf(
  'c',
  Object.keys(Prisma.ChunkScalarFieldEnum).filter((name) => name !== 'embedding' && name !== 'fineVectors'),
)
const articleColumns = columnsOf('a', Object.keys(Prisma.ArticleScalarFieldEnum))

/** The chunks with their articles, by id; without those whose article may not be shown. */
export async function loadChunks(
  database: Database,
  { chunkIds, filter }: { chunkIds: string[]; filter: ChunkFilter },
): Promise<Map<string, { chunk: StoredChunk; article: Article }>> {
  if (chunkIds.length === 0) return new Map()
  // One statement by hand: through the relation it takes two, and twice the time, which is a third of a whole search.
  const rows = await database.$queryRaw<Record<string, unknown>[]>`
    SELECT ${Prisma.raw(`${chunkColumns}, ${articleColumns}`)} FROM "Chunk" c JOIN "Article" a ON a."id" = c."articleId" WHERE c."id" = ANY(${chunkIds})`
  const loaded = new Map<string, { chunk: StoredChunk; article: Article }>()
  for (const row of rows) {
    const [chunk, article] = [partOf('c', row) as StoredChunk, partOf('a', row) as Article]
    if (isVisible(article, filter)) loaded.set(chunk.id, { chunk, article })
  }
  return loaded
}

function columnsOf(table: string, names: string[]): string {
  return names.map((name) => `${table}."${name}" AS "${table}.${name}"`).join(', ')
}

const partOf = (table: string, row: Record<string, unknown>): unknown =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name.startsWith(`${table}.`))
      .map(([name, value]) => [name.slice(table.length + 1), value]),
  )

/** The first section of each article: what is shown of one that was found by a phrasing alone. */
export async function loadFirstSections(
  database: Database,
  { articleIds, generation }: { articleIds: string[]; generation: number },
): Promise<Map<string, StoredChunk>> {
  if (articleIds.length === 0) return new Map()
  const rows = await database.chunk.findMany({
    where: { generation, articleId: { in: articleIds }, kind: 'SECTION', index: 0 },
    omit: { embedding: true, fineVectors: true },
  })
  return new Map(rows.map((chunk) => [chunk.articleId, chunk]))
}

// The index is a copy that may lag; who may see an article is decided by the article itself.
function isVisible({ status, category, audience, locale }: Article, filter: ChunkFilter): boolean {
  return (
    status === 'PUBLISHED' &&
    (filter.category === undefined || filter.category === category) &&
    (filter.audience === undefined || filter.audience === audience) &&
    (filter.locale === undefined || filter.locale === locale)
  )
}
