import { contentWords } from '../lib/text/content-words.ts'
import { sentenceSpans } from '../lib/text/sentence-spans.ts'

/** A sentence of an approved reply, and how near its question is to the one that is asked now. */
export interface PreferredSentence {
  text: string
  similarity: number
}

const mostSentences = 12
/** A passage that is less like it says something else. */
const leastAlike = 0.6
/** What a passage gains that says the same as an agent did when asked the same. A cue of the question is worth about as much. */
const mostGained = 0.15

/** What agents wrote when they were asked the like, without greetings and signatures. */
export function preferredSentences(examples: { reply: string; similarity: number }[]): PreferredSentence[] {
  return examples
    .flatMap(({ reply, similarity }) => sentenceSpans(reply).map(({ text }) => ({ text, similarity })))
    .filter(({ text }) => contentWords(text).length >= 3)
    .slice(0, mostSentences)
}

/**
 * Nothing is written that no article says: an article's passage is only put before others because an agent said the same. By cosine, or by the
 * words in common where there are no vectors.
 */
export function preferenceFor(
  preferred: PreferredSentence[],
  { vector, words, vectors }: { vector: Float32Array | null; words: Set<string>; vectors: Map<string, Float32Array> | null },
): number {
  let best = 0
  for (const { text, similarity } of preferred) {
    const alike = vectors && vector ? cosine(vectors.get(text)!, vector) : wordsInCommon(new Set(contentWords(text)), words)
    if (alike >= leastAlike) best = Math.max(best, similarity * ((alike - leastAlike) / (1 - leastAlike)))
  }
  return mostGained * best
}

function wordsInCommon(left: Set<string>, right: Set<string>): number {
  const shared = [...left].filter((word) => right.has(word)).length
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size)
}

function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!
  return sum
}
