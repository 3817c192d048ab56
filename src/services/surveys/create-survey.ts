import type { Survey } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { changeConversation } from '../conversations/change-conversation.ts'
import { ConflictError } from '../errors.ts'
import { makeSurvey } from './make-survey.ts'

/** The survey of a resolved conversation, for a caller that sends the link itself: one a resolution, however often it is asked for. */
export async function createSurvey(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config'>,
  { conversationId, by }: { conversationId: string; by: Viewer | null },
): Promise<Survey> {
  return changeConversation(resources, conversationId, async (tx, conversation) => {
    if (conversation.status !== 'RESOLVED')
      throw new ConflictError(`The conversation is ${conversation.status}. Resolve it first; that makes a survey.`)
    const { survey, isNew } = await makeSurvey(tx, conversation, resources.config)
    if (isNew)
      await recordAudit(tx, by, { action: 'createSurvey', targetType: 'Conversation', targetId: conversationId, details: { surveyId: survey.id } })
    return survey
  })
}
