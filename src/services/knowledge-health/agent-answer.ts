import type { Message } from '../../generated/prisma/client.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { needsSupport } from '../support/needs-support.ts'

export type AnsweringMessage = Pick<Message, 'kind' | 'text'> & { draft: { sufficient: boolean | null } | null }

const longestAnswer = 20_000

/**
 * What an agent answered in the end, read from the messages after the question, oldest first. "I'll look into it" is no answer, and neither is
 * a draft without evidence that was sent as it was. The first reply that says something counts, with what the agent adds before the customer
 * writes again.
 */
export function agentAnswer(later: AnsweringMessage[]): string | null {
  const answer: string[] = []
  for (const { kind, text, draft } of later) {
    if (kind === 'CUSTOMER' && answer.length > 0) break
    const isWritten = kind === 'AGENT_ONLY' || kind === 'AGENT_EDITED' || (kind === 'FINAL' && draft?.sufficient !== false)
    if (isWritten && claimsSomething(text)) answer.push(text)
  }
  return answer.length === 0 ? null : answer.join('\n\n').slice(0, longestAnswer).toWellFormed()
}

export function claimsSomething(text: string): boolean {
  return sentenceSpans(text).some((sentence) => needsSupport(sentence.text))
}
