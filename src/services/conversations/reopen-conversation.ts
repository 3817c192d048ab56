import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { changeConversation } from './change-conversation.ts'
import { moveStatus } from './move-status.ts'

/** A resolved or snoozed conversation is OPEN again, however long ago it was resolved. */
export async function reopenConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, agentId }: { conversationId: string; agentId: string | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, (tx, conversation) => moveStatus(tx, conversation, 'REOPEN', { actor: { agentId } }))
}
