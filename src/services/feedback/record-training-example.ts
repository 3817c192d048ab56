import type { Voice } from '../../engines/generator.ts'
import type { Prisma, TrainingExample } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { readTurns } from '../drafting/read-turns.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { stateByRule } from '../training/state-by-rule.ts'

const mostContext = 10

/**
 * One example a draft, made anew from what is known of it now: what its reviewers say, why it was rejected, and the reply that was sent. So
 * feedback that is given again replaces what it said before, and of several reviewers the newest correction, rating and right intent count.
 * Its state follows from rules (`stateByRule`) and then from triage, which is queued here, unless somebody has excluded what the same agent
 * taught. An example that was processed and then changed waits for the next retraining again; one that says the same as before does not.
 */
export async function recordTrainingExample(
  { queue }: Pick<Resources, 'queue'>,
  tx: Transaction,
  { draftId, voice }: { draftId: string; voice: Voice },
): Promise<TrainingExample> {
  const draft = await tx.draft.findUniqueOrThrow({
    where: { id: draftId },
    include: { turnMessage: true, sentMessage: true, feedback: { orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }] }, trainingExample: true },
  })
  const newest = <Field extends 'correction' | 'rating' | 'correctedIntent'>(field: Field) =>
    draft.feedback.find((feedback) => feedback[field] !== null) ?? null
  const feedback = newest('correction') ?? draft.feedback[0] ?? null
  const edited = draft.sentMessage?.kind === 'AGENT_EDITED' ? draft.sentMessage : null
  const { history, question } = await readTurns({ database: tx }, draft)
  const known = {
    conversationId: draft.conversationId,
    messageId: draft.sentMessage?.id ?? null,
    feedbackId: feedback?.id ?? null,
    agentId: feedback?.agentId ?? edited?.agentId ?? draft.rejectedById,
    intent: newest('correctedIntent')?.correctedIntent ?? draft.intent,
    question,
    context: history.slice(-mostContext).map(({ author, text }) => ({ author, text })),
    originalResponse: draft.text,
    correction: feedback?.correction ?? edited?.text ?? null,
    rating: newest('rating')?.rating ?? null,
    isSentAsDrafted: draft.sentMessage?.kind === 'FINAL',
    editRatio: feedback?.correction ? editRatio(draft.text, feedback.correction, voice) : (draft.sentMessage?.editRatio ?? null),
    reasons: [...new Set([...draft.feedback.flatMap(({ reasons }) => reasons), ...draft.rejectionReasons])].toSorted(),
  } satisfies Prisma.TrainingExampleUncheckedUpdateInput
  const earlier = draft.trainingExample
  if (earlier && saysTheSame(earlier, known)) return earlier
  const isRevoked = earlier?.state === 'EXCLUDED' && earlier.reviewedAt !== null && earlier.agentId === known.agentId
  const judged = isRevoked
    ? { state: earlier.state, stateReason: earlier.stateReason }
    : { ...stateByRule(known), reviewedAt: null, reviewedById: null }
  const example = {
    ...known,
    ...judged,
    processed: false,
    processedAt: null,
    lesson: null,
    lessonEvidence: [],
    embedding: null,
    embeddingModel: null,
  }
  const recorded = await tx.trainingExample.upsert({ where: { draftId }, create: { draftId, ...example }, update: example })
  await queue.send('triage-example', { trainingExampleId: recorded.id }, { transaction: tx })
  return recorded
}

// The state follows from the rest, unless somebody has reviewed it. Keys of JSON come back from the database in an order of their own.
function saysTheSame(example: TrainingExample, known: Partial<TrainingExample>): boolean {
  return Object.entries(known).every(([field, value]) => isSame(example[field as keyof TrainingExample], value))
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left, sorted) === JSON.stringify(right, sorted)
const sorted = (_key: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
