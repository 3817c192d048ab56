import type { Draft, Feedback, FeedbackReason, Message, TrainingExample } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'

export interface TrainingSignal {
  draft: Pick<Draft, 'id' | 'conversationId' | 'turnMessageId' | 'text' | 'intent'>
  agentId: string | null
  message?: Message
  feedback?: Feedback
  correction?: string | null
  editRatio?: number | null
  intent?: string | null
  reasons?: FeedbackReason[]
}

/**
 * One example a draft; a later signal updates it. What an agent wrote, a correction or a sent edit, is approved by rule; a rating alone stays a
 * CANDIDATE until somebody reviews it. An example that was processed and then changed waits for the next retraining again.
 */
export async function recordTrainingExample(tx: Transaction, signal: TrainingSignal): Promise<TrainingExample> {
  const { draft, agentId, message, feedback, correction, intent } = signal
  const { text: question } = await tx.message.findUniqueOrThrow({ where: { id: draft.turnMessageId }, select: { text: true } })
  const given = {
    agentId,
    ...(message && { messageId: message.id }),
    ...(feedback && { feedbackId: feedback.id }),
    ...(correction != null && { correction, state: 'APPROVED' as const }),
    ...(signal.editRatio != null && { editRatio: signal.editRatio }),
    ...(intent != null && { intent }),
    ...(signal.reasons && { reasons: signal.reasons }),
    processed: false,
    processedAt: null,
  }
  return tx.trainingExample.upsert({
    where: { draftId: draft.id },
    create: { intent: draft.intent, ...given, draftId: draft.id, conversationId: draft.conversationId, question, originalResponse: draft.text },
    update: given,
  })
}
