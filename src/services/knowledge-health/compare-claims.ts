import { contentWords } from '../../lib/text/content-words.ts'
import type { Claim } from './read-claims.ts'
import { differ, type Value } from './read-values.ts'
import { toldApart } from './told-apart.ts'

export interface Contradiction {
  /** 0 to 1: how alike the two sentences are without their values. */
  score: number
  firstValue: string
  secondValue: string
}

/** How much a word says: rare ones more. */
export type Rarity = (word: string) => number

// Chosen on the development part of eval/data/contradictions.jsonl and on data/help-center, see eval/contradictions.ts.
const thresholds = { meaning: 0.62, words: 0.33, clause: 0.2, sharedWords: 2, total: 1.25 }
const phraseWeight = 0.05
const mostPhrases = 4

/** Do two sentences give different values of one kind for the same thing? `meaning` is the cosine of the sentences without their values. */
export function compareClaims(a: Claim, b: Claim, { meaning, rarity }: { meaning: number; rarity: Rarity }): Contradiction | null {
  if (meaning < thresholds.meaning) return null
  const values = differingValues(a, b, rarity)
  if (!values || values.clause < thresholds.clause) return null
  const [wordsA, wordsB] = [a, b].map(({ words, heading }) => new Set([...words, ...contentWords(heading)])) as [Set<string>, Set<string>]
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length
  const words = alike(a.words, b.words, rarity)
  // Three words in a row that both have: what is about the same thing is often said the same way.
  const phrases = Math.min(mostPhrases, sharedPhrases(a.masked, b.masked))
  const total = meaning + words + phraseWeight * phrases
  if (words < thresholds.words || shared < thresholds.sharedWords || total < thresholds.total || toldApart(a, b)) return null
  return { score: Math.min(1, (meaning + words) / 2), firstValue: values.first.text, secondValue: values.second.text }
}

/** Of the values of one kind those two whose clauses are most alike; null when a kind has a value that both sentences give. */
function differingValues(a: Claim, b: Claim, rarity: Rarity): { first: Value; second: Value; clause: number } | null {
  let best: { first: Value; second: Value; clause: number } | null = null
  for (const first of a.values) {
    for (const second of b.values) {
      if (first.kind !== second.kind || !differ(first, second) || areOppositeBounds(first, second)) continue
      const ofKind = (claim: Claim) => claim.values.filter(({ kind }) => kind === first.kind)
      if (ofKind(a).some((one) => ofKind(b).some((other) => !differ(one, other)))) continue
      const clause = alike(first.clause, second.clause, rarity)
      if (!best || clause > best.clause) best = { first, second, clause }
    }
  }
  return best
}

const areOppositeBounds = (a: Value, b: Value) => a.bound !== null && b.bound !== null && a.bound !== b.bound

/** Of what the words of both weigh, the share of those that they have in common (Dice). */
export function alike(a: Set<string>, b: Set<string>, rarity: Rarity): number {
  let [shared, total] = [0, 0]
  for (const word of a) {
    const weight = rarity(word)
    total += weight
    if (b.has(word)) shared += 2 * weight
  }
  for (const word of b) total += rarity(word)
  return total === 0 ? 0 : shared / total
}

function sharedPhrases(a: string, b: string): number {
  const phrases = (text: string) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
    return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`))
  }
  const inB = phrases(b)
  return [...phrases(a)].filter((phrase) => inB.has(phrase)).length
}
