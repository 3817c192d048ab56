import type { Conversation, Message, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { moveStatus } from './move-status.ts'
import { recordTimeline } from './record-timeline.ts'

type NewMessage = Pick<Prisma.MessageUncheckedCreateInput, 'kind' | 'text' | 'customerId' | 'agentId' | 'draftId' | 'editRatio' | 'idempotencyKey'>

/** The caller holds the conversation's lock: positions have no gaps. Moves the conversation on as a message of that kind does, and writes both into its timeline. */
export async function appendMessage(tx: Transaction, conversation: Conversation, message: NewMessage): Promise<Message> {
  const position = conversation.messageCount + 1
  const created = await tx.message.create({ data: { ...message, conversationId: conversation.id, position } })
  const isNote = message.kind === 'NOTE'
  await tx.conversation.update({
    where: { id: conversation.id },
    // Of a note the customer may not even see that something has changed.
    data: isNote ? { messageCount: position, updatedAt: conversation.updatedAt } : { messageCount: position, lastMessageId: created.id },
  })
  const actor = { customerId: message.customerId ?? null, agentId: message.agentId ?? null }
  await recordTimeline(tx, conversation.id, actor, { kind: 'MESSAGE', messageId: created.id, messageKind: created.kind })
  if (!isNote) await moveStatus(tx, conversation, message.kind === 'CUSTOMER' ? 'CUSTOMER_WRITES' : 'AGENT_REPLIES', { actor })
  return created
}
