import { readFileSync } from 'node:fs'
import { logitsOf, probabilitiesOf } from '../../engines/intent-head.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { hasWordHint } from './word-hints.ts'

/** Anger is none of them: it is read off the words. */
export type LikelyReason = 'CUSTOMER_ASKED' | 'LEGAL_OR_SAFETY'

export interface LikenessModel {
  /** The embedder whose vectors it reads. */
  embedder: string
  classes: ('CALM' | LikelyReason)[]
  /** A message is somewhat like the reasons from this summed probability on. */
  threshold: number
  /** One row a class, the bias last. */
  weights: number[]
}

const model = JSON.parse(readFileSync(new URL('./likeness-weights.json', import.meta.url), 'utf8')) as LikenessModel
const weights = Float32Array.from(model.weights)

/** From this summed probability on, likeness needs no word beside it. A message that is less like them needs a word, too. */
const aloneFrom = 0.7
/** A vector of fewer words says little: "What if it comes back to you?" is like a threat. */
const fewestWordsAlone = 4

/**
 * What a message is like by its meaning, beyond the word lists: none foresees "could I get a proper person on the line". When it is only
 * somewhat like it, or very short, a word has to hint at it too. Trained by eval/train-escalation.ts. Nothing for the vectors of another
 * embedding model.
 */
export function escalationLikeness(vector: Float32Array, embedder: string, text: string): ReadonlySet<LikelyReason> {
  if (embedder !== model.embedder) return new Set()
  return likenessWithWords(probabilitiesOf(logitsOf(weights, vector), 1), text)
}

export function likenessWithWords(probabilities: Float64Array, text: string): ReadonlySet<LikelyReason> {
  const likely = likenessOf(probabilities, model)
  const isAlone = 1 - probabilities[model.classes.indexOf('CALM')]! >= aloneFrom && contentWords(text).length >= fewestWordsAlone
  return isAlone ? likely : new Set([...likely].filter((reason) => hasWordHint(text, reason)))
}

export function likenessOf(
  probabilities: Float64Array,
  { classes, threshold }: Pick<LikenessModel, 'classes' | 'threshold'>,
): ReadonlySet<LikelyReason> {
  const calm = probabilities[classes.indexOf('CALM')]!
  if (1 - calm < threshold) return new Set()
  const likeliest = classes
    .map((name, index) => ({ name, probability: name === 'CALM' ? 0 : probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
  // Both can be true: a second reason counts when it is near the first.
  return new Set(likeliest.filter(({ probability }) => probability >= 0.6 * likeliest[0]!.probability).map(({ name }) => name as LikelyReason))
}
