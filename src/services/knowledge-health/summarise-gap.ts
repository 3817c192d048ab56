import { bytesFromFloats } from '../../lib/float-bytes.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import type { Resources } from '../../resources.ts'
import { limits } from '../checked-input.ts'
import { composeSuggestion } from './compose-suggestion.ts'
import { lockGaps } from './gap-lock.ts'
import { meanVector } from './nearest-group.ts'
import { publicDetails } from './public-details.ts'
import { sharedWords } from './question-likeness.ts'
import { storedVector } from './stored-vector.ts'
import { titleFrom } from './title-from.ts'

const mostQuestions = 200
const mostAnswers = 50

/** Writes anew what a gap says of its questions: how many, which one stands for all, and what agents answered. One without questions goes. */
export async function summariseGap(
  { database, embedder }: Pick<Resources, 'database' | 'embedder'>,
  { gapId, signal }: { gapId: string; signal?: AbortSignal },
): Promise<void> {
  const questions = await database.gapQuestion.findMany({
    where: { gapId },
    orderBy: { id: 'desc' },
    take: mostQuestions,
    include: { conversation: { select: { customer: { select: { name: true, email: true } } } }, message: { select: { text: true } } },
  })
  const model = embedder?.model ?? null
  const asked = questions.map((question) => ({ text: question.text, vector: storedVector(question, model) }))
  const answered = questions.filter(({ answer }) => answer !== null).slice(0, mostAnswers)
  const answers = answered.map(({ id, answer, conversation: { customer }, message }) => ({
    questionId: id,
    text: answer!,
    customer: { ...customer, wrote: message.text },
  }))
  const isPublic = await publicDetails({ database }, answers.map(({ text }) => text).join('\n'))
  const suggestion = await composeSuggestion(embedder, { answers, isPublic, ...(signal && { signal }) })
  const representative = medoid(asked)
  const mean = meanVector(asked.flatMap(({ vector }) => vector ?? []))
  await database.$transaction(async (tx) => {
    await lockGaps(tx)
    const count = await tx.gapQuestion.count({ where: { gapId } })
    if (count === 0) {
      await tx.knowledgeGap.deleteMany({ where: { id: gapId } })
      return
    }
    // One that was erased while this was composed must not come back with it. Its gap is summarised by the next check.
    const left = await tx.gapQuestion.count({ where: { id: { in: questions.map(({ id }) => id) }, gapId } })
    if (left < questions.length || representative === null) return
    await tx.knowledgeGap.updateMany({
      where: { id: gapId },
      data: {
        count,
        question: representative,
        suggestedTitle: suggestion ? titleFrom(representative).slice(0, limits.title) : null,
        suggestion: suggestion?.body ?? null,
        attributions: suggestion?.attributions ?? [],
        embedding: mean && bytesFromFloats(mean),
        embeddingModel: mean && model,
      },
    })
  })
}

/** The question that is most like all the others; among equals the shortest. */
function medoid(asked: { text: string; vector: Float32Array | null }[]): string | null {
  const words = asked.map(({ text }) => new Set(contentWords(text)))
  const mean = meanVector(asked.flatMap(({ vector }) => vector ?? []))
  const central = asked.map(({ text, vector }, index) => {
    const likeness =
      mean && vector
        ? vector.reduce((sum, value, at) => sum + value * mean[at]!, 0)
        : words.reduce((sum, other) => sum + sharedWords(words[index]!, other), 0) / words.length
    return { text, likeness }
  })
  central.sort((a, b) => b.likeness - a.likeness || a.text.length - b.text.length)
  return central[0]?.text ?? null
}
