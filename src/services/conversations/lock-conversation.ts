import { type Conversation, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { NotFoundError } from '../errors.ts'

const enums: Record<string, string> = { status: 'text', escalationReasons: 'text[]' }
const fields = Prisma.raw(
  Object.keys(Prisma.ConversationScalarFieldEnum)
    .map((name) => (enums[name] ? `"${name}"::${enums[name]} AS "${name}"` : `"${name}"`))
    .join(', '),
)

/** Everything that moves a conversation on holds its row first, so that a send, a new message and a draft never cross. */
export async function lockConversation(tx: Transaction, conversationId: string): Promise<Conversation> {
  const [conversation] = await tx.$queryRaw<Conversation[]>`SELECT ${fields} FROM "Conversation" WHERE "id" = ${conversationId} FOR NO KEY UPDATE`
  if (!conversation) throw new NotFoundError('conversation')
  return conversation
}
