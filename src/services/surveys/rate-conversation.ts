import type { SatisfactionRating } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { isOwnConversation } from '../access/own-conversations.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalVisibleText, limits } from '../checked-input.ts'
import { changeConversation } from '../conversations/change-conversation.ts'
import { recordTimeline } from '../conversations/record-timeline.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import { readSurvey } from './read-survey.ts'

/** The customer's answer to a survey. `by` is null on the survey's page. Whoever has the token may give it, a customer's or partner's key only for its own; given again it replaces the one before. */
export async function rateConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  input: { token: string; score: number; comment?: string | null; by: Viewer | null },
): Promise<SatisfactionRating> {
  const { score } = input
  if (!Number.isInteger(score) || score < 1 || score > 5) throw new InvalidInputError(`score must be from 1 to 5, and is ${score}.`)
  const comment = checkOptionalVisibleText('comment', input.comment, { maximum: limits.comment })
  const { id: surveyId, conversationId, conversation } = await readSurvey(resources, input.token)
  if (input.by && !isOwnConversation(input.by, conversation)) throw new NotFoundError('survey', 'token')
  return changeConversation(resources, conversationId, async (tx, { customerId }) => {
    const earlier = await tx.satisfactionRating.findUnique({ where: { surveyId } })
    if (earlier && earlier.score === score && earlier.comment === comment) return earlier
    if (earlier?.score !== score) await recordTimeline(tx, conversationId, { customerId }, { kind: 'RATING', score })
    await recordAudit(tx, input.by, {
      action: 'rateConversation',
      targetType: 'Conversation',
      targetId: conversationId,
      details: { surveyId, score },
    })
    return tx.satisfactionRating.upsert({ where: { surveyId }, create: { surveyId, score, comment }, update: { score, comment } })
  })
}
