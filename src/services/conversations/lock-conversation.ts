import type { Conversation } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { NotFoundError } from '../errors.ts'

/** Everything that moves a conversation on holds its row first, so that a send, a new message and a draft never cross. */
export async function lockConversation(tx: Transaction, conversationId: string): Promise<Conversation> {
  await tx.$queryRaw`SELECT 1 FROM "Conversation" WHERE "id" = ${conversationId} FOR NO KEY UPDATE`
  const conversation = await tx.conversation.findUnique({ where: { id: conversationId } })
  if (!conversation) throw new NotFoundError('conversation')
  return conversation
}
