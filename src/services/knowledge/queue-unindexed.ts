import type { Resources } from '../../resources.ts'
import { embedderOf } from './embedder-of.ts'

const articlesPerJob = 50
const patienceSeconds = 30

/**
 * Queues articles that the live index should hold and does not: those whose job gave up while the embedder was away and, with `all`, those
 * that it has in another version or without vectors, as after a swap, and those that changed just now, whose own job may still be waiting.
 */
export async function queueUnindexed(
  { database, queue, generations, embedder, embedders }: Pick<Resources, 'database' | 'queue' | 'generations' | 'embedder' | 'embedders'>,
  { all = false } = {},
): Promise<number> {
  const live = await generations.live()
  const hasEmbedder = embedderOf({ embedder, embedders }, live) !== null
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "Article" a
    WHERE (a."indexState" = 'PENDING' AND a."updatedAt" < now() - make_interval(secs => ${all ? 0 : patienceSeconds}::int))
      OR (${all}::boolean AND a."status" = 'PUBLISHED' AND a."indexState" <> 'FAILED' AND NOT EXISTS (
        SELECT 1 FROM "Chunk" c WHERE c."articleId" = a."id" AND c."generation" = ${live.number} AND c."articleVersion" = a."version"
          AND (c."embedding" IS NOT NULL OR NOT ${hasEmbedder}::boolean)))
    ORDER BY a."id"`
  for (let start = 0; start < rows.length; start += articlesPerJob) {
    await queue.send('index-articles', { articleIds: rows.slice(start, start + articlesPerJob).map(({ id }) => id) })
  }
  return rows.length
}
