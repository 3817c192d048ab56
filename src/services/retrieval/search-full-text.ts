import { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from '../../stores/database.ts'
import type { ChunkFilter, ChunkHit } from '../../stores/vectors.ts'

/** Keyword search without the vector store: PostgreSQL's own full text, any of the words, best first. */
export async function searchFullText(
  database: Database,
  { query, limit, filter, generation }: { query: string; limit: number; filter: ChunkFilter; generation: number },
): Promise<ChunkHit[]> {
  const only = (column: string, value: string | undefined) =>
    value === undefined ? Prisma.empty : Prisma.sql`AND a.${Prisma.raw(`"${column}"`)}::text = ${value}`
  // `plainto_tsquery` reads any text and asks for all words; the replacement asks for any of them. The expression is that of the GIN index.
  const rows = await database.$queryRaw<Pick<ChunkHit, 'id' | 'articleId' | 'kind' | 'score'>[]>`
    WITH question AS (SELECT replace(plainto_tsquery('english', ${query.replaceAll('\u0000', ' ')})::text, '&', '|')::tsquery AS words)
    SELECT c."id", c."articleId", c."kind"::text AS kind, ts_rank(to_tsvector('english', c."heading" || ' ' || c."text"), words, 1)::float8 AS score
    FROM question, "Chunk" c JOIN "Article" a ON a."id" = c."articleId"
    WHERE to_tsvector('english', c."heading" || ' ' || c."text") @@ words AND c."generation" = ${generation} AND a."status" = 'PUBLISHED'
      ${only('category', filter.category)} ${only('audience', filter.audience)} ${only('locale', filter.locale)}
    ORDER BY score DESC, c."id" LIMIT ${limit}`
  return rows.map((row) => ({ ...row, vector: null, fineVectors: null }))
}
