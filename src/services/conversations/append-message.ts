import type { Conversation, Message, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'

type NewMessage = Pick<Prisma.MessageUncheckedCreateInput, 'kind' | 'text' | 'customerId' | 'agentId' | 'draftId' | 'editRatio' | 'idempotencyKey'>

/** The caller holds the conversation's lock: positions have no gaps. Moves the conversation to `status` and writes both into its timeline. */
export async function appendMessage(
  tx: Transaction,
  conversation: Conversation,
  message: NewMessage,
  status: Conversation['status'],
): Promise<Message> {
  const position = conversation.messageCount + 1
  const created = await tx.message.create({ data: { ...message, conversationId: conversation.id, position } })
  await tx.conversation.update({
    where: { id: conversation.id },
    data: {
      messageCount: position,
      lastMessageId: created.id,
      status,
      ...(status === 'OPEN' && { resolvedAt: null, snoozedUntil: null }),
    },
  })
  const actor = { customerId: message.customerId ?? null, agentId: message.agentId ?? null }
  await tx.timelineEntry.create({ data: { conversationId: conversation.id, kind: 'MESSAGE', messageId: created.id, ...actor } })
  if (status !== conversation.status) await tx.timelineEntry.create({ data: { conversationId: conversation.id, kind: 'STATUS', status, ...actor } })
  return created
}
