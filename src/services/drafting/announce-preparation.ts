import type { Resources } from '../../resources.ts'
import { appendDraftEvent } from '../../stores/event-log.ts'
import type { Evidence } from '../retrieval/gather-evidence.ts'
import type { RoutedMessage } from '../routing/route-message.ts'
import { toRoutingEvent } from './routing-details.ts'
import { tellFollowers } from './tell-followers.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'freshEvents'>

/** What the router made of the turn, for whoever follows the draft: it is known before the sources are, or soon after. */
export async function announceRouting(resources: Needed, { draftId, routing }: { draftId: string; routing: RoutedMessage }): Promise<void> {
  await announce(resources, { draftId, type: 'DraftRouted', data: { routing: toRoutingEvent(routing) } })
}

/** What was found, before it is known what of it finds room in the prompt. */
export async function announceSources(resources: Needed, { draftId, evidence }: { draftId: string; evidence: Evidence }): Promise<void> {
  const sources = evidence.sources.map(({ number, heading, quote, score, articleId }) => ({ index: number, heading, quote, score, articleId }))
  await announce(resources, { draftId, type: 'DraftSourcesFound', data: { sources, sufficient: evidence.sufficient, widened: evidence.widened } })
}

// A draft that was taken away meanwhile gets no event; whoever prepares it hears of that when it starts.
async function announce(resources: Needed, event: Pick<Parameters<typeof appendDraftEvent>[1], 'draftId' | 'type' | 'data'>) {
  const written = await appendDraftEvent(resources.database, { ...event, whileIn: ['STREAMING'] })
  if (written) tellFollowers(resources, event.draftId, written)
}
