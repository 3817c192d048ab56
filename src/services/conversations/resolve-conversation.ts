import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { makeSurvey } from '../surveys/make-survey.ts'
import { changeConversation } from './change-conversation.ts'
import { moveStatus } from './move-status.ts'
import { system } from './record-timeline.ts'

/** Ends the conversation, with a survey for the customer. A second click changes nothing. */
export async function resolveConversation(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config'>,
  { conversationId, by }: { conversationId: string; by: Viewer | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, async (tx, conversation, wake) => {
    if (conversation.status === 'RESOLVED') return conversation
    const actor = by ?? system
    const resolved = await moveStatus(tx, conversation, 'RESOLVE', { actor })
    wake(await endLiveDrafts(tx, { conversationId, status: 'CANCELLED', actor }))
    await makeSurvey(tx, resolved, resources.config)
    await recordAudit(tx, by, { action: 'resolveConversation', targetType: 'Conversation', targetId: conversationId })
    return resolved
  })
}
