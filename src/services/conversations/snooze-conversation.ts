import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { changeConversation } from './change-conversation.ts'
import { checkSnoozedUntil } from './conversation-status.ts'
import { moveStatus } from './move-status.ts'
import { system } from './record-timeline.ts'

/** Out of the way until a time, or until the customer writes. Snoozed again, it sleeps until the new time. */
export async function snoozeConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, until, by }: { conversationId: string; until: Date; by: Viewer | null },
): Promise<Conversation> {
  checkSnoozedUntil(until, new Date())
  return changeConversation(resources, conversationId, async (tx, conversation) => {
    const snoozed = await moveStatus(tx, conversation, 'SNOOZE', { actor: by ?? system, until })
    if (snoozed !== conversation)
      await recordAudit(tx, by, {
        action: 'snoozeConversation',
        targetType: 'Conversation',
        targetId: conversationId,
        details: { until: until.toISOString() },
      })
    return snoozed
  })
}
