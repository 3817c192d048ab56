import type { Resources } from '../../resources.ts'
import { readCheckState, writeCheckState } from './check-state.ts'
import { closeFilledGaps } from './close-filled-gaps.ts'
import { compareArticles } from './compare-articles.ts'
import { regroupGaps } from './regroup-gaps.ts'

export const checkTopic = 'knowledge:checked'

/** Compares the articles that changed since the last check with all others, groups the open questions anew, and closes the gaps that are filled. */
export async function checkKnowledge(
  resources: Pick<Resources, 'database' | 'vectors' | 'embedder' | 'metrics' | 'logger' | 'wakeUps'>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const startedAt = performance.now()
  const articleIds = await compareArticles(resources, { signal })
  await regroupGaps(resources, { signal })
  await closeFilledGaps(resources, { articleIds, signal })
  const { comparedBy } = await readCheckState(resources)
  await writeCheckState(resources, { checkedAt: new Date(), comparedBy })
  resources.wakeUps.notify(checkTopic)
  resources.logger.info({ articles: articleIds.length, ms: Math.round(performance.now() - startedAt) }, 'knowledge base checked')
}
