import { readFileSync } from 'node:fs'
import { logitsOf, probabilitiesOf } from '../../engines/intent-head.ts'
import type { TextReason } from './escalation-policy.ts'

export interface LikenessModel {
  /** The embedder whose vectors it reads. */
  embedder: string
  classes: ('CALM' | TextReason)[]
  /** A message counts as one of the reasons from this summed probability on. */
  threshold: number
  /** One row a class, the bias last. */
  weights: number[]
}

const model = JSON.parse(readFileSync(new URL('./likeness-weights.json', import.meta.url), 'utf8')) as LikenessModel
const weights = Float32Array.from(model.weights)

/**
 * What a message is like by its meaning, whatever its words: no word list foresees "could I get a proper person on the line". Trained by
 * eval/train-escalation.ts. Nothing for the vectors of another embedding model.
 */
export function escalationLikeness(vector: Float32Array, embedder: string): ReadonlySet<TextReason> {
  if (embedder !== model.embedder) return new Set()
  return likenessOf(probabilitiesOf(logitsOf(weights, vector), 1), model)
}

export function likenessOf(
  probabilities: Float64Array,
  { classes, threshold }: Pick<LikenessModel, 'classes' | 'threshold'>,
): ReadonlySet<TextReason> {
  const calm = probabilities[classes.indexOf('CALM')]!
  if (1 - calm < threshold) return new Set()
  const likeliest = classes
    .map((name, index) => ({ name, probability: name === 'CALM' ? 0 : probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
  // An angry threat is both: a second reason counts when it is near the first.
  return new Set(likeliest.filter(({ probability }) => probability >= 0.6 * likeliest[0]!.probability).map(({ name }) => name as TextReason))
}
