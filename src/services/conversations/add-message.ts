import type { Conversation, Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, checkVisibleText, limits } from '../checked-input.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { queueAutomaticDraft } from '../drafting/queue-automatic-draft.ts'
import { IdempotencyConflictError } from '../errors.ts'
import { appendMessage } from './append-message.ts'
import { isOver } from './conversation-status.ts'
import { lockConversation } from './lock-conversation.ts'
import { scopedKey } from './scoped-key.ts'
import { startConversation } from './start-conversation.ts'

/**
 * The customer writes again: the conversation is open once more, and whatever was drafted for the turn before is superseded. One that was
 * resolved longer ago than REOPEN_WINDOW stays as it is, and the message opens a new conversation that goes on from it.
 */
export async function addMessage(
  { database, queue, config, logger, wakeUps }: Pick<Resources, 'database' | 'queue' | 'config' | 'logger' | 'wakeUps'>,
  input: { conversationId: string; text: string; idempotencyKey?: string | null; by: Viewer | null },
): Promise<Message> {
  const text = checkVisibleText('text', input.text, { maximum: limits.message })
  const idempotencyKey = scopedKey('customer', checkOptionalText('idempotencyKey', input.idempotencyKey, { maximum: limits.key }))
  const { message, topics } = await database.$transaction(async (tx) => {
    const { conversation, earlier, hasEnded } = await findWritable(tx, input.conversationId, { idempotencyKey, windowMs: config.REOPEN_WINDOW })
    if (earlier && earlier.text !== text) throw new IdempotencyConflictError()
    if (earlier) return { message: earlier, topics: [] }
    const { id: conversationId, customerId, partnerId, subject, channel } = conversation
    if (hasEnded) {
      const next = { customerId, partnerId, subject, channel, previousId: conversationId }
      const started = await startConversation({ tx, queue, config, logger }, { conversation: next, text, by: input.by, idempotencyKey })
      await recordAudit(tx, input.by, {
        action: 'addMessage',
        targetType: 'Conversation',
        targetId: started.conversation.id,
        details: { messageId: started.message.id, previousId: conversationId },
      })
      return { message: started.message, topics: [] }
    }
    const message = await appendMessage(tx, conversation, { kind: 'CUSTOMER', text, customerId, idempotencyKey })
    const topics = await endLiveDrafts(tx, { conversationId, status: 'SUPERSEDED', alsoReady: true, actor: { customerId } })
    if (conversation.takenOverAt === null)
      await queueAutomaticDraft({ tx, queue, config, logger }, { conversationId, turnMessageId: message.id, by: input.by })
    await recordAudit(tx, input.by, {
      action: 'addMessage',
      targetType: 'Conversation',
      targetId: conversationId,
      details: { messageId: message.id },
    })
    return { message, topics }
  })
  for (const topic of new Set([conversationsTopic, ...topics])) wakeUps.notify(topic)
  return message
}

/**
 * Where the message goes, locked: the conversation that was named, or, when that one is over, the newest that goes on from it. `hasEnded` when
 * that is over too. `earlier` is what was stored under the key before, also when a new conversation was opened for it.
 */
async function findWritable(
  tx: Transaction,
  namedId: string,
  { idempotencyKey, windowMs }: { idempotencyKey: string | null; windowMs: number },
): Promise<{ conversation: Conversation; earlier: Message | null; hasEnded: boolean }> {
  const now = new Date()
  let id = namedId
  for (;;) {
    const conversation = await lockConversation(tx, id)
    const isHere = { OR: [{ conversationId: id }, { conversation: { previousId: id } }] }
    const earlier = idempotencyKey === null ? null : await tx.message.findFirst({ where: { idempotencyKey, ...isHere } })
    if (earlier || !isOver(conversation, { windowMs, now })) return { conversation, earlier, hasEnded: false }
    const next = await tx.conversation.findFirst({
      where: { previousId: id },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    })
    if (!next) return { conversation, earlier: null, hasEnded: true }
    id = next.id
  }
}
