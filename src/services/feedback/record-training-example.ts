import type { Voice } from '../../engines/generator.ts'
import type { Prisma, TrainingExample } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { editRatio } from '../support/edit-ratio.ts'

/**
 * One example a draft, made anew from what is known of it now: what its reviewers say, why it was rejected, and the reply that was sent. So
 * feedback that is given again replaces what it said before, and of several reviewers the newest correction and the newest right intent count.
 * What an agent wrote, a correction or a sent edit, is approved by rule; a rating or a rejection alone stays a CANDIDATE until somebody reviews
 * it. An example that was processed and then changed waits for the next retraining again; one that says the same as before does not.
 */
export async function recordTrainingExample(tx: Transaction, { draftId, voice }: { draftId: string; voice: Voice }): Promise<TrainingExample> {
  const draft = await tx.draft.findUniqueOrThrow({
    where: { id: draftId },
    include: { turnMessage: true, sentMessage: true, feedback: { orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }] }, trainingExample: true },
  })
  const feedback = draft.feedback.find(({ correction }) => correction !== null) ?? draft.feedback[0] ?? null
  const edited = draft.sentMessage?.kind === 'AGENT_EDITED' ? draft.sentMessage : null
  const correction = feedback?.correction ?? edited?.text ?? null
  const state = draft.trainingExample?.state === 'EXCLUDED' ? 'EXCLUDED' : correction === null ? 'CANDIDATE' : 'APPROVED'
  const known = {
    conversationId: draft.conversationId,
    messageId: draft.sentMessage?.id ?? null,
    feedbackId: feedback?.id ?? null,
    agentId: feedback?.agentId ?? edited?.agentId ?? draft.rejectedById,
    state: state as TrainingExample['state'],
    intent: draft.feedback.find(({ correctedIntent }) => correctedIntent !== null)?.correctedIntent ?? draft.intent,
    question: draft.turnMessage.text,
    originalResponse: draft.text,
    correction,
    editRatio: feedback?.correction ? editRatio(draft.text, feedback.correction, voice) : (draft.sentMessage?.editRatio ?? null),
    reasons: [...new Set([...draft.feedback.flatMap(({ reasons }) => reasons), ...draft.rejectionReasons])].toSorted(),
  } satisfies Prisma.TrainingExampleUncheckedUpdateInput
  if (draft.trainingExample && saysTheSame(draft.trainingExample, known)) return draft.trainingExample
  const example = { ...known, processed: false, processedAt: null }
  return tx.trainingExample.upsert({ where: { draftId }, create: { draftId, ...example }, update: example })
}

// The state follows from the rest, unless somebody has reviewed it.
function saysTheSame(example: TrainingExample, { state: _, ...known }: Partial<TrainingExample>): boolean {
  return Object.entries(known).every(([field, value]) => JSON.stringify(example[field as keyof TrainingExample]) === JSON.stringify(value))
}
