import type { Draft, Feedback, Message, TrainingExample } from '../../generated/prisma/client.ts'

type Example = Pick<TrainingExample, 'state' | 'processed' | 'feedbackId' | 'intent'>

/** What is known of a draft when an effect is described; all of it as it is now. */
export interface Learned {
  trainingExample: Example | null
  /** Questions among the knowledge gaps because of what was written instead of the draft. */
  gapQuestions: { id: string }[]
  conversation: { intent: string | null }
}

export const learnedFrom = {
  trainingExample: { select: { state: true, processed: true, feedbackId: true, intent: true } },
  gapQuestions: { where: { sources: { has: 'UNCITED_CORRECTION' } }, select: { id: true } },
  conversation: { select: { intent: true } },
} as const

/** The truth about what a piece of feedback has changed by now, for the agent who gave it. */
export function feedbackEffect(
  { id, correction, correctedIntent, correctedArticleIds }: Pick<Feedback, 'id' | 'correction' | 'correctedIntent' | 'correctedArticleIds'>,
  { trainingExample, gapQuestions, conversation }: Learned,
): string {
  const isUsed = trainingExample?.feedbackId === id
  const waits = [
    correction !== null && isUsed && 'the correction',
    correctedIntent !== null && trainingExample?.intent === correctedIntent && 'the right intent',
    correctedArticleIds.length > 0 && 'the right articles',
  ].filter((part) => part !== false)
  return sentences(
    'It is stored.',
    correctedIntent !== null && conversation.intent === correctedIntent && 'The conversation has the right intent now.',
    correction !== null && gapQuestions.length > 0 && 'Its question is among the knowledge gaps, because no article says what was written instead.',
    correction !== null && !isUsed && 'A colleague’s newer correction is used instead of it.',
    whatWaits(trainingExample, waits),
  )
}

export function rejectionEffect({ supportScore }: Pick<Draft, 'supportScore'>, { trainingExample }: Learned): string {
  if (supportScore === null && !trainingExample) return 'It was stopped before it was finished. There is nothing to learn from it.'
  return sentences('It is stored.', whatWaits(trainingExample, ['the rejection']))
}

/** Null for what no agent has sent. */
export function replyEffect({ kind }: Pick<Message, 'kind'>, learned: Learned | null): string | null {
  if (kind === 'CUSTOMER' || kind === 'NOTE') return null
  if (!learned) return 'It was written without a draft: no training example is made of it.'
  const { trainingExample, gapQuestions } = learned
  if (!trainingExample) return 'The draft was sent as it was: no training example is made of it.'
  return sentences(
    kind === 'FINAL' ? 'The draft was sent as it was.' : 'The edit is stored.',
    kind !== 'FINAL' && gapQuestions.length > 0 && 'Its question is among the knowledge gaps, because no article says what was written instead.',
    whatWaits(trainingExample, [kind === 'FINAL' ? 'what was said of it' : 'what was sent']),
  )
}

function whatWaits(example: Example | null, parts: string[]): string {
  if (!example) return 'Nothing else has changed.'
  if (example.processed) return 'A retraining has used its training example; the run says what that changed.'
  if (example.state === 'EXCLUDED') return 'Its training example is excluded, so no retraining will use it.'
  if (example.state === 'CANDIDATE')
    return 'Nothing has been learned from it yet: its training example waits for a review, and then for the next retraining.'
  const list = parts.length > 0 ? parts.join(', ').replace(/, ([^,]*)$/, ' and $1') : 'its training example'
  return `Nothing has been learned from it yet: ${list} ${parts.length > 1 ? 'wait' : 'waits'} for the next retraining.`
}

function sentences(...parts: (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ')
}
