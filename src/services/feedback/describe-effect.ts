import type { Feedback, TrainingExample } from '../../generated/prisma/client.ts'

/** The truth about what a piece of feedback has changed, for the agent who gave it. */
export function describeEffect(
  feedback: Pick<Feedback, 'correction' | 'correctedIntent' | 'correctedArticleIds'>,
  example: Pick<TrainingExample, 'state' | 'processed'> | null,
): string {
  if (!example) return 'It is stored. Nothing else has changed.'
  if (example.processed) return 'It is stored, and a retraining has used it. The run says what that changed.'
  if (example.state === 'EXCLUDED') return 'It is stored. Its training example is excluded, so no retraining will use it.'
  const waits = [
    feedback.correction !== null && 'the correction',
    feedback.correctedIntent !== null && 'the right intent',
    feedback.correctedArticleIds.length > 0 && 'the right articles',
  ].filter(Boolean)
  if (example.state === 'CANDIDATE')
    return 'It is stored. Nothing has changed by it yet: its training example waits for a review, and then for the next retraining.'
  return `It is stored. Nothing has changed by it yet: ${waits.length > 0 ? waits.join(', ').replace(/, ([^,]*)$/, ' and $1') : 'what the agent sent'} ${waits.length > 1 ? 'wait' : 'waits'} for the next retraining.`
}
