import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { lockConversation } from './lock-conversation.ts'

const surveyDays = 30

/** Ends the conversation, with a survey for the customer. A second click changes nothing. */
export async function resolveConversation(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, agentId }: { conversationId: string; agentId: string | null },
): Promise<Conversation> {
  const { conversation, endedDraftTopics } = await database.$transaction(async (tx) => {
    const before = await lockConversation(tx, conversationId)
    if (before.status === 'RESOLVED') return { conversation: before, endedDraftTopics: [] }
    const endedDraftTopics = await endLiveDrafts(tx, { conversationId, status: 'CANCELLED', alsoReady: false })
    await tx.timelineEntry.create({ data: { conversationId, kind: 'STATUS', status: 'RESOLVED', agentId } })
    await tx.survey.create({ data: { conversationId, expiresAt: new Date(Date.now() + surveyDays * 86_400_000) } })
    const conversation = await tx.conversation.update({
      where: { id: conversationId },
      data: { status: 'RESOLVED', resolvedAt: new Date(), snoozedUntil: null },
    })
    return { conversation, endedDraftTopics }
  })
  for (const topic of endedDraftTopics) wakeUps.notify(topic)
  return conversation
}
