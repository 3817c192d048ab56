import { contentWords } from '../../lib/text/content-words.ts'
import { sameScale } from './cosine-scale.ts'
import { type AskedQuestion, alikeThresholds, sharedWords } from './question-likeness.ts'

export interface QuestionGroup {
  /** The mean of its questions' vectors, not scaled: its product with a vector is the mean of the cosines. */
  mean: Float32Array | null
  texts: string[]
}

/** The group that a question belongs to: the one whose questions are most like it on average, if they are alike enough. */
export function nearestGroup<Group extends QuestionGroup>({ text, vector }: AskedQuestion, groups: Group[], scale = sameScale): Group | null {
  const words = new Set(contentWords(text))
  let best: { group: Group; margin: number } | null = null
  for (const group of groups) {
    const margin =
      vector && group.mean
        ? vector.reduce((sum, value, index) => sum + value * group.mean![index]!, 0) - scale.threshold(alikeThresholds.cosine)
        : meanOf(group.texts.map((other) => sharedWords(words, new Set(contentWords(other))))) - alikeThresholds.words
    if (margin >= 0 && (best === null || margin > best.margin)) best = { group, margin }
  }
  return best?.group ?? null
}

export function meanVector(vectors: Float32Array[]): Float32Array | null {
  const [first] = vectors
  if (!first) return null
  const mean = new Float32Array(first.length)
  for (const vector of vectors) for (let index = 0; index < mean.length; index++) mean[index]! += vector[index]! / vectors.length
  return mean
}

const meanOf = (values: number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length)
