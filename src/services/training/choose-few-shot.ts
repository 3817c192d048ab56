import type { FeedbackRating } from '../../generated/prisma/client.ts'
import { dot } from '../../lib/math/dot-products.ts'
import { mostFewShotExamples } from '../../stores/learned.ts'
import { estimateTokens } from '../drafting/build-prompt.ts'
import { redact } from './redact.ts'
import type { LessonEvidence } from './triage-example.ts'

export interface FewShotCandidate {
  trainingExampleId: string
  question: string
  /** Null: the draft was sent as it was, and called helpful. */
  correction: string | null
  originalResponse: string
  intent: string | null
  vector: Float32Array
  rating: FeedbackRating | null
  /** How much had to be changed: 0 nothing, 1 everything. */
  editRatio: number | null
  customerName: string | null
  createdAt: Date
  /** The share of the correction's new sentences that an article supports; null when it added none. */
  supported: number | null
}

export interface ChosenReply {
  trainingExampleId: string
  question: string
  reply: string
  intent: string | null
  vector: Float32Array
  quality: number
  tokens: number
}

/** Of the sentences that a correction added; null when it added none. */
export function supportedShare(evidence: LessonEvidence[]): number | null {
  const added = evidence.filter(({ kind }) => kind === 'ADDED')
  return added.length === 0 ? null : added.filter(({ articleId }) => articleId !== null).length / added.length
}

const mostTokens = 400
const fewestTokens = 8
/** Two questions so near ask the same: one reply is enough. */
const same = 0.95

/**
 * The best reviewed replies, at most one for the same question. Better are those that articles support, that were called helpful, and that are
 * newer. One that holds private details, but for the customer's name in its greeting, is left out.
 */
export function chooseFewShot(
  candidates: FewShotCandidate[],
  { isPublic, greeting }: { isPublic: (detail: string) => boolean; greeting: string },
): ChosenReply[] {
  const newestFirst = candidates.toSorted(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.trainingExampleId < b.trainingExampleId ? 1 : -1),
  )
  const ranked = newestFirst
    .flatMap((candidate, age) => {
      const names = candidate.customerName ? [candidate.customerName] : []
      const reply = redact(withoutNameInGreeting(candidate.correction ?? candidate.originalResponse, names, greeting), { names, isPublic })
      const question = redact(candidate.question, { names, isPublic })
      const tokens = estimateTokens(question) + estimateTokens(reply)
      if (isRedacted.test(reply) || tokens > mostTokens || estimateTokens(reply) < fewestTokens) return []
      return [{ ...candidate, question, reply, tokens, quality: qualityOf(candidate) - (0.2 * age) / newestFirst.length }]
    })
    .sort((a, b) => b.quality - a.quality)
  const chosen: ChosenReply[] = []
  for (const { trainingExampleId, question, reply, intent, vector, quality, tokens } of ranked) {
    if (chosen.length === mostFewShotExamples) break
    if (chosen.some((taken) => taken.vector.length === vector.length && dot(taken.vector, 0, vector, 0, vector.length) > same)) continue
    chosen.push({ trainingExampleId, question, reply, intent, vector, quality, tokens })
  }
  return chosen
}

const isRedacted = /\[(?:email|iban|card|order|phone|name)\]/

function qualityOf({ rating, supported, correction }: FewShotCandidate): number {
  const byRating = correction === null && rating === 'HELPFUL' ? 0.3 : 0
  return (supported ?? 0.7) + byRating
}

/** "Hi Ann," greets one customer; the reply is to be shown for others. */
function withoutNameInGreeting(reply: string, names: string[], greeting: string): string {
  const [first = '', ...rest] = reply.split('\n')
  const isTheirs =
    first.length <= 60 && names.some((name) => name.split(/\s+/).some((part) => part.length > 1 && first.toLowerCase().includes(part.toLowerCase())))
  return isTheirs && /^\s*(?:hi|hello|hey|dear|good)\b/i.test(first) ? [greeting, ...rest].join('\n') : reply
}
