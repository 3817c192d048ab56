import type { Transaction } from '../../stores/database.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'

/** Holds the conversation of a draft, which comes before the draft itself for everybody. False when there is no such draft. */
export async function lockConversationOf(tx: Transaction, draftId: string): Promise<boolean> {
  const draft = await tx.draft.findUnique({ where: { id: draftId }, select: { conversationId: true } })
  if (draft) await lockConversation(tx, draft.conversationId)
  return draft !== null
}
