import type { EscalationReason, GeneratorKind } from '../../generated/prisma/client.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import { replyBody } from '../support/reply-body.ts'

/** What whoever takes over needs to know, in parts. */
export interface HandOver {
  /** What it is about, in the customer's words. */
  problem: string
  /** What was answered so far, and what the articles had. */
  tried: string
  /** What the customer still waits for. */
  open: string
  /** What to do now. */
  next: string
  /** EXTRACTIVE: quoted and counted by us. Otherwise the model that wrote it. */
  origin: GeneratorKind
}

export interface HandedOver {
  /** Oldest first, without the turn that is answered; notes are never among them. */
  history: { author: 'customer' | 'agent'; text: string }[]
  question: string
  routing: { intent: string | null; confidence: number }
  evidence: { sufficient: boolean; degraded: boolean }
  /** Best first. */
  sources: { title: string; internal: boolean }[]
  reasons: EscalationReason[]
  isUrgent: boolean
}

const longestQuote = 240
const longestTitle = 80
/** The confidence from which a topic is more likely than all others together. */
const leastLikely = 0.5

/**
 * The hand-over without a model: the customer's words and ours, quoted, and facts. What is quoted is data for a person to read; nothing in it
 * decides anything.
 */
export function composeHandOver(handed: HandedOver): HandOver {
  return { problem: problemOf(handed), tried: triedOf(handed), open: openOf(handed), next: nextOf(handed), origin: 'EXTRACTIVE' }
}

/** The same as a text of four lines. */
export function summaryOf({ problem, tried, open, next }: HandOver): string {
  return [`Problem: ${problem}`, `Tried: ${tried}`, `Open: ${open}`, `Next: ${next}`].join('\n')
}

function problemOf({ history, question, routing, reasons }: HandedOver): string {
  const first = history.find(({ author }) => author === 'customer')?.text
  const isLikely = routing.confidence >= leastLikely && !reasons.includes('OUT_OF_SCOPE')
  const topic =
    routing.intent === null || !isLikely ? '' : ` Likely about ${routing.intent.replaceAll('_', ' ')} (${Math.round(routing.confidence * 100)}%).`
  // The first message says what it is about, the newest what is the matter now.
  return first === undefined ? `${quote(question)}.${topic}` : `At first: ${quote(first)}. Now: ${quote(question)}.${topic}`
}

function triedOf({ history, evidence, sources }: HandedOver): string {
  const replies = history.filter(({ author }) => author === 'agent')
  const answered =
    replies.length === 0
      ? 'Nothing was answered yet.'
      : `Answered ${replies.length === 1 ? 'once' : `${replies.length} times`}, last: ${quote(replyBody(replies.at(-1)!.text) || replies.at(-1)!.text)}.`
  const best = sources.slice(0, 2).map(({ title, internal }) => `${internal ? 'the staff article ' : ''}${quote(title, longestTitle)}`)
  const searched = evidence.degraded
    ? 'The articles could be searched only in part.'
    : evidence.sufficient
      ? 'The articles seem to answer it.'
      : 'The articles do not seem to answer it.'
  return [answered, searched, best.length > 0 && `Closest: ${best.join(' and ')}.`].filter(Boolean).join(' ')
}

function openOf({ question }: HandedOver): string {
  const asked = sentenceSpans(question)
    .map(({ text }) => text)
    .filter((sentence) => sentence.endsWith('?'))
  return quote((asked.length > 0 ? asked : [question]).join(' '))
}

const steps: Partial<Record<EscalationReason, string>> = {
  LEGAL_OR_SAFETY:
    'Somebody responsible should read the message before anything is answered: it speaks of law, the press, harm, or a stranger in an account.',
  CUSTOMER_ASKED: 'Reply in person, and say that a person does: the customer asked for one.',
  NEGATIVE_SENTIMENT: 'Acknowledge what went wrong before anything else: the customer is angry.',
  POLICY: 'Decide what the customer may be told: only a staff article covers it.',
  REPEATED_QUESTION: 'Read what was answered before: it did not help, the customer asks again.',
  MISSING_KNOWLEDGE: 'Find the answer out: no article has it.',
  OUT_OF_SCOPE: 'See whether it is a matter for this team: it is unlike anything the intents cover.',
  LOW_CONFIDENCE: 'Check the draft against the articles: they fit the question poorly.',
}

function nextOf({ reasons, isUrgent }: HandedOver): string {
  const todo = Object.entries(steps).flatMap(([reason, step]) => (reasons.includes(reason as EscalationReason) ? [step] : []))
  return [isUrgent && 'Soon: something depends on it.', ...todo.slice(0, 3)].filter(Boolean).join(' ') || 'Reply in person.'
}

function quote(text: string, longest = longestQuote): string {
  const line = stripInvisible(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[.\s]+$/, '')
  const shown =
    line.length <= longest
      ? line
      : `${line
          .slice(0, longest)
          .replace(/\s\S*$/, '')
          .toWellFormed()}…`
  return `“${shown.replaceAll('“', '"').replaceAll('”', '"')}”`
}
