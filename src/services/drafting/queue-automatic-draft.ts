import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import type { Viewer } from '../access/viewer.ts'
import { recordTimeline, system } from '../conversations/record-timeline.ts'
import { countIfFull } from './count-if-full.ts'
import { queueDraft } from './queue-draft.ts'
import { automaticPayer, tokensUsedUp } from './token-budget.ts'

/**
 * The draft that AUTO_DRAFT asks for, in the transaction that stores the customer's message. That message is never refused: with a full queue,
 * or when the partner through whom it comes has no tokens left, there is no draft, and the timeline says so.
 */
export async function queueAutomaticDraft(
  { tx, queue, config, logger }: { tx: Transaction } & Pick<Resources, 'queue' | 'config' | 'logger'>,
  { conversationId, turnMessageId, by }: { conversationId: string; turnMessageId: string; by: Viewer | null },
): Promise<void> {
  if (!config.AUTO_DRAFT) return
  const payer = automaticPayer(by)
  const waiting = await countIfFull(tx, { config })
  const usedUp = payer && (await tokensUsedUp(tx, payer))
  if (waiting === null && usedUp === null) {
    await queueDraft({ tx, queue }, { conversationId, turnMessageId, payerId: payer?.callerId ?? null })
    return
  }
  const reason = usedUp === null ? 'QUEUE_FULL' : 'NO_TOKENS'
  await recordTimeline(tx, conversationId, system, { kind: 'NO_DRAFT', messageId: turnMessageId, reason })
  const why = reason === 'QUEUE_FULL' ? 'the queue of drafts is full' : 'the partner’s key has used up its tokens for today'
  logger.warn({ conversationId, waiting, keyId: payer?.callerId }, `no draft was made for a new message, because ${why}`)
}
