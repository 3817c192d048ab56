import type { TrainingExample } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { editRatio } from '../support/edit-ratio.ts'

/**
 * One example a draft, made anew from what is known of it now: the newest feedback and the reply that was sent. So feedback that is given again
 * replaces what it said before. What an agent wrote, a correction or a sent edit, is approved by rule; a rating alone stays a CANDIDATE until
 * somebody reviews it. An example that was processed and then changed waits for the next retraining again.
 */
export async function recordTrainingExample(tx: Transaction, { draftId }: { draftId: string }): Promise<TrainingExample> {
  const draft = await tx.draft.findUniqueOrThrow({
    where: { id: draftId },
    include: { turnMessage: true, sentMessage: true, feedback: { orderBy: { updatedAt: 'desc' } }, trainingExample: true },
  })
  const feedback = draft.feedback.find(({ correction }) => correction !== null) ?? draft.feedback[0] ?? null
  const edited = draft.sentMessage?.kind === 'AGENT_EDITED' ? draft.sentMessage : null
  const correction = feedback?.correction ?? edited?.text ?? null
  const state = draft.trainingExample?.state === 'EXCLUDED' ? 'EXCLUDED' : correction === null ? 'CANDIDATE' : 'APPROVED'
  const known = {
    conversationId: draft.conversationId,
    messageId: draft.sentMessage?.id ?? null,
    feedbackId: feedback?.id ?? null,
    agentId: feedback?.agentId ?? edited?.agentId ?? null,
    state: state as TrainingExample['state'],
    processed: false,
    processedAt: null,
    intent: feedback?.correctedIntent ?? draft.intent,
    question: draft.turnMessage.text,
    originalResponse: draft.text,
    correction,
    editRatio: feedback?.correction ? editRatio(draft.text, feedback.correction) : (draft.sentMessage?.editRatio ?? null),
    reasons: feedback?.reasons ?? [],
  }
  return tx.trainingExample.upsert({ where: { draftId }, create: { draftId, ...known }, update: known })
}
