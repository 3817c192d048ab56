import type { EscalationReason } from '../../generated/prisma/client.ts'
import type { EscalationSignals } from './escalation-policy.ts'

const becauseOf: Record<EscalationReason, string> = {
  CUSTOMER_ASKED: 'the customer asks for a person',
  LEGAL_OR_SAFETY: 'the message mentions law, the press or harm to a person',
  NEGATIVE_SENTIMENT: 'the customer is angry',
  REPEATED_QUESTION: 'the customer asks the same again',
  MISSING_KNOWLEDGE: 'the articles do not answer it',
  OUT_OF_SCOPE: 'it is unlike anything the intents cover',
  LOW_CONFIDENCE: 'its subject, or the support for the draft, is uncertain',
  POLICY: 'a policy asks for it',
  OTHER: 'of another reason',
}

const longestQuote = 240

/** Three or four plain lines of facts for whoever takes over. */
export function composeHandOver({ customerTexts, routing, sufficient, degraded }: EscalationSignals, reasons: EscalationReason[]): string {
  const earlier = customerTexts.length - 1
  const messages = earlier === 0 ? '' : ` after ${earlier} earlier ${earlier === 1 ? 'message' : 'messages'}`
  const topic = routing.intent ? `Likely about ${routing.intent.replaceAll('_', ' ')} (${Math.round(routing.confidence * 100)}%). ` : ''
  const tried = degraded
    ? 'The articles could be searched only in part.'
    : sufficient
      ? 'The articles were searched and seem to answer it.'
      : 'The articles were searched without finding an answer.'
  return [
    `The customer wrote${messages}: "${shorten(customerTexts.at(-1) ?? '')}"`,
    `${topic}${tried}`,
    `A person should take over because ${listOf(reasons.map((reason) => becauseOf[reason]))}.`,
  ].join('\n')
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= longestQuote
    ? line
    : `${line
        .slice(0, longestQuote)
        .replace(/\s\S*$/, '')
        .toWellFormed()}…`
}

function listOf(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
