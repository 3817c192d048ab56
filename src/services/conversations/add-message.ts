import type { Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { checkOptionalText, checkVisibleText, limits } from '../checked-input.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { queueAutomaticDraft } from '../drafting/queue-automatic-draft.ts'
import { IdempotencyConflictError } from '../errors.ts'
import { appendMessage } from './append-message.ts'
import { lockConversation } from './lock-conversation.ts'
import { scopedKey } from './scoped-key.ts'

/** The customer writes again: the conversation is open once more, and whatever was drafted for the turn before is superseded. */
export async function addMessage(
  { database, queue, config, logger, wakeUps }: Pick<Resources, 'database' | 'queue' | 'config' | 'logger' | 'wakeUps'>,
  input: { conversationId: string; text: string; idempotencyKey?: string | null },
): Promise<Message> {
  const text = checkVisibleText('text', input.text, { maximum: limits.message })
  const idempotencyKey = scopedKey('customer', checkOptionalText('idempotencyKey', input.idempotencyKey, { maximum: limits.key }))
  const { message, endedDraftTopics } = await database.$transaction(async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (idempotencyKey !== null) {
      const earlier = await tx.message.findUnique({ where: { conversationId_idempotencyKey: { conversationId: conversation.id, idempotencyKey } } })
      if (earlier && earlier.text !== text) throw new IdempotencyConflictError()
      if (earlier) return { message: earlier, endedDraftTopics: [] }
    }
    const message = await appendMessage(tx, conversation, { kind: 'CUSTOMER', text, customerId: conversation.customerId, idempotencyKey }, 'OPEN')
    const endedDraftTopics = await endLiveDrafts(tx, { conversationId: conversation.id, status: 'SUPERSEDED', alsoReady: true })
    await queueAutomaticDraft({ tx, queue, config, logger }, { conversationId: conversation.id, turnMessageId: message.id })
    return { message, endedDraftTopics }
  })
  for (const topic of endedDraftTopics) wakeUps.notify(topic)
  return message
}
