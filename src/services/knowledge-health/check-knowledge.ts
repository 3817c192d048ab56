import type { Resources } from '../../resources.ts'
import type { RetrieveNeeds } from '../retrieval/retrieve.ts'
import { readCheckState, writeCheckState } from './check-state.ts'
import { closeFilledGaps } from './close-filled-gaps.ts'
import { compareArticles } from './compare-articles.ts'
import { regroupGaps } from './regroup-gaps.ts'

/** Compares the articles that changed since the last check with all others, groups the open questions anew, and closes the gaps that are filled. */
export async function checkKnowledge(resources: RetrieveNeeds & Pick<Resources, 'logger'>, { signal }: { signal: AbortSignal }): Promise<void> {
  const startedAt = new Date()
  const articleIds = await compareArticles(resources, { signal })
  await regroupGaps(resources, { signal })
  await closeFilledGaps(resources, { articleIds, signal })
  const { comparedBy } = await readCheckState(resources)
  await writeCheckState(resources, { checkedAt: startedAt, endedAt: new Date(), comparedBy })
  resources.logger.info({ articles: articleIds.length, ms: Date.now() - startedAt.getTime() }, 'knowledge base checked')
}
