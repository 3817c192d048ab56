import type { Resources } from '../../resources.ts'

const articlesPerJob = 50
const patienceSeconds = 30

/**
 * Queues articles that the index should hold and does not: those whose job gave up while the embedder was away, and those embedded by
 * another model than the one that answers now. `all` also takes articles that changed just now, whose own job may still be waiting.
 */
export async function queueUnindexed(
  { database, queue, embedder }: Pick<Resources, 'database' | 'queue' | 'embedder'>,
  { all = false } = {},
): Promise<number> {
  const model = embedder?.model ?? null
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a
    WHERE (a."indexState" = 'PENDING' AND a."updatedAt" < now() - make_interval(secs => ${all ? 0 : patienceSeconds}::int))
      OR (${all && model !== null}::boolean AND a."status" = 'PUBLISHED'
        AND EXISTS (SELECT 1 FROM "Chunk" c WHERE c."articleId" = a."id" AND c."embeddingModel" IS DISTINCT FROM ${model}::text))
    ORDER BY a."id"`
  for (let start = 0; start < rows.length; start += articlesPerJob) {
    await queue.send('index-articles', { articleIds: rows.slice(start, start + articlesPerJob).map(({ id }) => id) })
  }
  return rows.length
}
