import type { Resources } from '../../resources.ts'
import { agentAnswer } from './agent-answer.ts'

const mostQuestions = 100
const mostMessages = 40

/** Gives the questions of a conversation what agents have answered since; the gaps whose answers changed are returned. */
export async function attachAnswers({ database }: Pick<Resources, 'database'>, { conversationId }: { conversationId: string }): Promise<string[]> {
  const questions = await database.gapQuestion.findMany({
    where: { conversationId },
    orderBy: { createdAt: 'desc' },
    take: mostQuestions,
    select: { id: true, gapId: true, answer: true, draftId: true, message: { select: { position: true } } },
  })
  const changed: string[] = []
  for (const { id, gapId, answer, draftId, message } of questions) {
    const later = await database.message.findMany({
      where: { conversationId, position: { gt: message.position }, kind: { not: 'NOTE' } },
      orderBy: { position: 'asc' },
      take: mostMessages,
      select: { kind: true, text: true, draft: { select: { sufficient: true } } },
    })
    // Without a reply yet, a correction says what it should have been.
    const found = agentAnswer(later) ?? (draftId === null ? null : await newestCorrection({ database }, draftId))
    if (found === answer) continue
    await database.gapQuestion.updateMany({ where: { id }, data: { answer: found } })
    if (gapId !== null) changed.push(gapId)
  }
  return changed
}

async function newestCorrection({ database }: Pick<Resources, 'database'>, draftId: string): Promise<string | null> {
  const feedback = await database.feedback.findFirst({
    where: { draftId, correction: { not: null } },
    orderBy: { updatedAt: 'desc' },
    select: { correction: true },
  })
  return feedback?.correction ?? null
}
