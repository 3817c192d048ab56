import type { Config } from '../../config.ts'
import type { Conversation, Survey } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'

const dayMs = 86_400_000

/**
 * The survey of a resolved conversation's last resolution: however often it is asked for, there is one. What it rates is written down now: who
 * answered last, with which draft, model version and experiment arm. The caller holds the conversation's lock.
 */
export async function makeSurvey(
  tx: Transaction,
  conversation: Conversation,
  { SURVEY_DAYS }: Pick<Config, 'SURVEY_DAYS'>,
): Promise<{ survey: Survey; isNew: boolean }> {
  const { id: conversationId, resolvedAt, intent } = conversation
  const made = await tx.survey.findFirst({
    where: { conversationId, ...(resolvedAt && { createdAt: { gte: resolvedAt } }) },
    orderBy: { createdAt: 'desc' },
  })
  if (made) return { survey: made, isNew: false }
  const lastReply = await tx.message.findFirst({
    where: { conversationId, kind: { in: ['FINAL', 'AGENT_EDITED', 'AGENT_ONLY'] } },
    orderBy: { position: 'desc' },
    include: { draft: { select: { modelVersionId: true, variantId: true } } },
  })
  const now = new Date()
  const survey = await tx.survey.create({
    data: {
      conversationId,
      agentId: lastReply?.agentId ?? null,
      draftId: lastReply?.draftId ?? null,
      modelVersionId: lastReply?.draft?.modelVersionId ?? null,
      variantId: lastReply?.draft?.variantId ?? null,
      intent,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SURVEY_DAYS * dayMs),
    },
  })
  return { survey, isNew: true }
}
