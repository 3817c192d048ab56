import type { FeedbackRating, TrainingExampleState } from '../../generated/prisma/client.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { replyBody } from '../support/reply-body.ts'

export interface JudgedState {
  state: TrainingExampleState
  /** For people; null where the rule is plain: what an agent wrote is approved. */
  stateReason: string | null
}

const htmlTag = /<\/?[a-z][^<>]{0,500}>/gi
const mostMarkup = 0.2
const fewestWords = 2

/**
 * What an agent wrote instead of a draft is approved, and so is a draft that was sent as it was and called helpful; a rating or a rejection alone
 * waits for a review. What would teach nothing, or something else than a reply, is kept out or waits.
 */
export function stateByRule({
  correction,
  originalResponse,
  rating,
  isSentAsDrafted,
}: {
  correction: string | null
  originalResponse: string
  rating: FeedbackRating | null
  isSentAsDrafted: boolean
}): JudgedState {
  if (correction === null) {
    if (isSentAsDrafted && rating === 'HELPFUL') return approved
    return {
      state: 'CANDIDATE',
      stateReason: 'Nothing was written instead of the draft: a rating, a rejection or a hand-over alone waits for a review.',
    }
  }
  if (lettersOf(correction) === lettersOf(originalResponse)) {
    if (isSentAsDrafted && rating === 'HELPFUL') return approved
    return { state: 'EXCLUDED', stateReason: 'The correction says the same as the draft, but for its greeting, signature, case or punctuation.' }
  }
  const markup = [...correction.matchAll(htmlTag)].reduce((sum, [tag]) => sum + tag.length, 0) / correction.length
  if (markup > mostMarkup)
    return { state: 'CANDIDATE', stateReason: 'A large part of the correction is HTML. Approve it if customers are to get it so.' }
  if (contentWords(replyBody(correction)).length < fewestWords)
    return { state: 'CANDIDATE', stateReason: 'The correction is too short to be a reply. Approve it if it is one.' }
  return approved
}

const approved: JudgedState = { state: 'APPROVED', stateReason: null }

const lettersOf = (text: string) =>
  replyBody(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
