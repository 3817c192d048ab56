import type { Resources } from '../../resources.ts'
import { type IndexingNeeds, indexArticles } from '../knowledge/index-articles.ts'

const atOnce = 16

/** Embeds published articles whose index is not what they say now, as after a correction that the embedder missed. Returns how many. */
export async function indexWhatChanged(resources: IndexingNeeds & Pick<Resources, 'embedder'>, { signal }: { signal: AbortSignal }): Promise<number> {
  const rows = await resources.database.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Article" WHERE "status" = 'PUBLISHED' AND ("indexState" <> 'INDEXED' OR "indexedVersion" IS DISTINCT FROM "version") ORDER BY "id"`
  for (let from = 0; from < rows.length; from += atOnce) {
    signal.throwIfAborted()
    await indexArticles(resources, { articleIds: rows.slice(from, from + atOnce).map(({ id }) => id), signal })
  }
  return rows.length
}
