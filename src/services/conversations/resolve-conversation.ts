import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { makeSurvey } from '../surveys/make-survey.ts'
import { changeConversation } from './change-conversation.ts'
import { moveStatus } from './move-status.ts'

/** Ends the conversation, with a survey for the customer. A second click changes nothing. */
export async function resolveConversation(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config'>,
  { conversationId, agentId }: { conversationId: string; agentId: string | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, async (tx, conversation, wake) => {
    if (conversation.status === 'RESOLVED') return conversation
    const resolved = await moveStatus(tx, conversation, 'RESOLVE', { actor: { agentId } })
    wake(await endLiveDrafts(tx, { conversationId, status: 'CANCELLED', actor: { agentId } }))
    await makeSurvey(tx, resolved, resources.config)
    return resolved
  })
}
