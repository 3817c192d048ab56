import { type Article, type Chunk, Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../../stores/database.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'

export type StoredChunk = Omit<Chunk, 'embedding' | 'fineVectors'>

const chunkFields = fieldsOf(
  'c',
  Object.keys(Prisma.ChunkScalarFieldEnum).filter((name) => name !== 'embedding' && name !== 'fineVectors'),
)
const articleFields = fieldsOf('a', Object.keys(Prisma.ArticleScalarFieldEnum))

/** The chunks with their articles, by id; without those whose article may not be shown. */
export async function loadChunks(
  database: Database,
  { chunkIds, filter }: { chunkIds: string[]; filter: ChunkFilter },
): Promise<Map<string, { chunk: StoredChunk; article: Article }>> {
  if (chunkIds.length === 0) return new Map()
  // One statement by hand, with a row of JSON an article: to read thirty columns of each chunk takes longer than the statement itself.
  const rows = await database.$queryRaw<{ article: Stored<Article>; chunks: StoredChunk[] }[]>`
    SELECT ${Prisma.raw(`json_build_object(${articleFields}) AS article, json_agg(json_build_object(${chunkFields})) AS chunks`)}
    FROM "Chunk" c JOIN "Article" a ON a."id" = c."articleId" WHERE c."id" = ANY(${chunkIds}) GROUP BY a."id"`
  const loaded = new Map<string, { chunk: StoredChunk; article: Article }>()
  for (const { article: stored, chunks } of rows) {
    const article = { ...stored, createdAt: new Date(stored.createdAt), updatedAt: new Date(stored.updatedAt) }
    if (isVisible(article, filter)) for (const chunk of chunks) loaded.set(chunk.id, { chunk, article })
  }
  return loaded
}

/** As JSON has it. */
type Stored<Row> = { [Name in keyof Row]: Row[Name] extends Date ? string : Row[Name] }

function fieldsOf(table: string, names: string[]): string {
  return names.map((name) => `'${name}', ${table}."${name}"`).join(', ')
}

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
