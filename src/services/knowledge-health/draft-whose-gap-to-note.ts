import type { Message } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'

/**
 * The draft that a reply says something about: its own, or the newest of the conversation, when the agent wrote without one. Null when it tells
 * nothing new: a draft sent as it was, in a conversation without open questions.
 */
export async function draftWhoseGapToNote(
  tx: Transaction,
  { conversationId, draftId, kind }: Pick<Message, 'conversationId' | 'draftId' | 'kind'>,
): Promise<string | null> {
  if (kind === 'FINAL' && (await tx.gapQuestion.count({ where: { conversationId, answer: null } })) === 0) return null
  if (draftId !== null) return draftId
  const newest = await tx.draft.findFirst({
    where: { conversationId, finishedAt: { not: null }, sufficient: { not: null } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return newest?.id ?? null
}
