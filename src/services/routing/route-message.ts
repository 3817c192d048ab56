import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import { abstention, type Routing } from '../../engines/intent-router.ts'
import type { Resources } from '../../resources.ts'
import { type ConversationTurn, conversationQueries } from '../retrieval/conversation-queries.ts'

export interface RoutedMessage extends Routing {
  /** True when the router had to abstain because the embedder is away. */
  degraded: boolean
}

const letter = /\p{L}/u

/**
 * Which intent a message has, read after the customer's previous one when it means nothing without ("And to Canada?"). Abstains, rather than
 * fails, when there is no head yet or the embedder is away: a reply can be drafted without. It abstains too when there is no letter to read:
 * "???" has a vector, and that vector is near something.
 */
export async function routeMessage(
  { router, embedder }: Pick<Resources, 'router' | 'embedder'>,
  { text, history = [], signal }: { text: string; history?: ConversationTurn[]; signal?: AbortSignal },
): Promise<RoutedMessage> {
  const head = router.current()
  const read = inContext(text, history)
  if (!head || !letter.test(read)) return { ...abstention, degraded: false }
  // Vectors of another model mean nothing to this head; it is trained again as soon as the examples are embedded.
  if (!embedder || embedder.model !== head.model) return { ...abstention, degraded: true }
  try {
    const [vector] = await embedder.embed([read], { priority: 'query', signal })
    return { ...router.route(vector!), degraded: false }
  } catch (error) {
    if (error instanceof EmbedderUnavailableError) return { ...abstention, degraded: true }
    throw error
  }
}

function inContext(text: string, history: ConversationTurn[]): string {
  const previous = history.findLast(({ author }) => author === 'customer')?.text
  if (previous === undefined || !conversationQueries([...history, { author: 'customer', text }]).isFollowUp) return text
  return `${previous}\n${text}`
}
