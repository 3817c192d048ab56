import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { changeConversation } from './change-conversation.ts'
import { checkSnoozedUntil } from './conversation-status.ts'
import { moveStatus } from './move-status.ts'

/** Out of the way until a time, or until the customer writes. Snoozed again, it sleeps until the new time. */
export async function snoozeConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, until, agentId }: { conversationId: string; until: Date; agentId: string | null },
): Promise<Conversation> {
  checkSnoozedUntil(until, new Date())
  return changeConversation(resources, conversationId, (tx, conversation) => moveStatus(tx, conversation, 'SNOOZE', { actor: { agentId }, until }))
}
