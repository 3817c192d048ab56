import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordTimeline, system } from '../conversations/record-timeline.ts'
import { countIfFull } from './count-if-full.ts'
import { queueDraft } from './queue-draft.ts'

/**
 * The draft that AUTO_DRAFT asks for, in the transaction that stores the customer's message. That message is never refused: with a full queue
 * there is no draft, and the timeline says so.
 */
export async function queueAutomaticDraft(
  { tx, queue, config, logger }: { tx: Transaction } & Pick<Resources, 'queue' | 'config' | 'logger'>,
  { conversationId, turnMessageId }: { conversationId: string; turnMessageId: string },
): Promise<void> {
  if (!config.AUTO_DRAFT) return
  const waiting = await countIfFull(tx, { config })
  if (waiting === null) {
    await queueDraft({ tx, queue }, { conversationId, turnMessageId })
    return
  }
  await recordTimeline(tx, conversationId, system, { kind: 'NO_DRAFT', messageId: turnMessageId })
  logger.warn({ conversationId, waiting }, 'no draft was made for a new message, because the queue of drafts is full')
}
