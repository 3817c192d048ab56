import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'

export interface ConversationTurn {
  author: 'customer' | 'agent'
  text: string
}

// The embedder reads 256 word pieces, and a query of so many says nothing any more.
const longestQuery = 600
const mostQueries = 4
const contextTurns = 2

// Words that point back at what was said before.
const pointsBack = /\b(it|its|that|this|those|these|them|they|their|there|one|ones|he|she|him|her|then|instead|same|either|both|neither)\b/i
const opensBack = /^\W*(and|but|or|so|also|then|ok(ay)?|what about|how about|what if|why|which|when|where|really|still)\b/i

/** Why a query is made: as it was asked; after what it follows; one question of the message alone. To widen: the subject words, all that was said. */
export type QueryReason = 'ASKED' | 'FOLLOW_UP' | 'PART' | 'SUBJECT' | 'EVERYTHING'

export interface ConversationQueries {
  /** The customer's own words first. */
  queries: string[]
  reasons: QueryReason[]
  /** How much each counts. */
  weights: number[]
  isFollowUp: boolean
  /** What the customer said before that a follow-up leans on. */
  context: string | null
}

/**
 * What to search for, newest turn last in `turns`: the customer's own words; the same after what was said before, when they cannot be
 * understood alone; and the single questions of a message that asks several.
 */
export function conversationQueries(turns: ConversationTurn[]): ConversationQueries {
  const newest = turns.at(-1)?.text ?? ''
  const question = clip(newest)
  const isFollowUp = turns.length > 1 && leansOnHistory(newest)
  const context = isFollowUp ? customerContext(turns.slice(0, -1)) || null : null
  // The fewer words of its own it has, the more it means what was said before.
  const ownShare = isFollowUp ? Math.min(0.5, Math.max(0.1, contentWords(newest).length / 10)) : 0.5
  const others = new Map<string, QueryReason>([
    ...(isFollowUp ? inContext(turns.slice(0, -1), question) : []).map((query) => [query, 'FOLLOW_UP'] as const),
    ...partsOf(newest).map((query) => [query, 'PART'] as const),
  ])
  const unique = [...others].filter(([query]) => query !== '' && query !== question).slice(0, mostQueries - 1)
  if (unique.length === 0) return { queries: [question], reasons: ['ASKED'], weights: [1], isFollowUp, context }
  return {
    queries: [question, ...unique.map(([query]) => query)],
    reasons: ['ASKED', ...unique.map(([, reason]) => reason)],
    weights: [ownShare, ...unique.map(() => (1 - ownShare) / unique.length)],
    isFollowUp,
    context,
  }
}

function partsOf(message: string): string[] {
  const parts = sentenceSpans(message)
    .map(({ text }) => text)
    .filter((sentence) => sentence.endsWith('?') && contentWords(sentence).length >= 2)
  if (parts.length > 1) return parts.map(clip)
  // A long story has its question somewhere: usually at the end.
  return message.length > longestQuery ? [clip(parts[0] ?? message.slice(-longestQuery))] : []
}

// Once after the customer's own words, and once after our answer too: it often names the subject that they now ask about.
function inContext(history: ConversationTurn[], question: string): string[] {
  const context = customerContext(history)
  const reply = history.at(-1)?.author === 'agent' ? history.at(-1)!.text.slice(0, longestQuery / 2) : ''
  return [`${context}\n${question}`, `${context}\n${reply}\n${question}`].map(clip)
}

function leansOnHistory(text: string): boolean {
  const words = contentWords(text).length
  if (words <= 2) return true
  return words <= 6 && (pointsBack.test(text) || opensBack.test(text))
}

// Back to the last turn of theirs that says on its own what it is about.
function customerContext(history: ConversationTurn[]): string {
  const theirs = history.filter(({ author }) => author === 'customer').map(({ text }) => text)
  const context: string[] = []
  for (const text of theirs.slice(-contextTurns).reverse()) {
    context.unshift(text)
    if (!leansOnHistory(text)) break
  }
  return context.join('\n').slice(-longestQuery / 2)
}

function clip(text: string): string {
  // What was cut out of a longer text may begin or end with half of a character, which PostgreSQL takes into no JSON.
  const line = text.toWellFormed().replace(/\s+/g, ' ').trim()
  return line.length <= longestQuery
    ? line
    : line
        .slice(0, longestQuery)
        .toWellFormed()
        .replace(/\s\S*$/, '')
}
