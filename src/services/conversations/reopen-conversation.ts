import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { changeConversation } from './change-conversation.ts'
import { moveStatus } from './move-status.ts'
import { system } from './record-timeline.ts'

/** A resolved or snoozed conversation is OPEN again, however long ago it was resolved. */
export async function reopenConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, by }: { conversationId: string; by: Viewer | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, async (tx, conversation) => {
    const reopened = await moveStatus(tx, conversation, 'REOPEN', { actor: by ?? system })
    await recordAudit(tx, by, { action: 'reopenConversation', targetType: 'Conversation', targetId: conversationId })
    return reopened
  })
}
