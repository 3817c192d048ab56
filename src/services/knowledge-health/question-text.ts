import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { conversationQueries } from '../retrieval/conversation-queries.ts'
import { withoutGreetingAndSignature } from '../support/needs-support.ts'

const longest = 400
const short = 160

/**
 * What a customer's turn asked, as one line that can be understood alone. A follow-up such as "and that one?" is what was searched for it; of a
 * long story the questions in it.
 */
export function questionText({
  history,
  question,
  queries,
}: {
  history: { author: 'customer' | 'agent'; text: string }[]
  question: string
  queries: string[]
}): string {
  const { isFollowUp } = conversationQueries([...history, { author: 'customer', text: question }])
  const text = isFollowUp ? (queries[1] ?? queries[0] ?? question) : withoutGreetingAndSignature(question)
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= short) return line
  const asked = sentenceSpans(text)
    .map((span) => span.text.replace(/\s+/g, ' '))
    .filter((sentence) => sentence.endsWith('?'))
    .join(' ')
  return (asked || line).slice(0, longest).toWellFormed().trim()
}
