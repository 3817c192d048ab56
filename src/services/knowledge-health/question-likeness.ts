import { setImmediate as breathe } from 'node:timers/promises'
import { dotProducts } from '../../lib/math/dot-products.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sameScale } from './cosine-scale.ts'

/** A question with its vector, or without one when there is no embedder. */
export interface AskedQuestion {
  text: string
  vector: Float32Array | null
}

// By eval/gaps.ts, on the development part of eval/data/gap-questions.jsonl (pairs, precision / recall): 1.00 / 0.65 by meaning, 1.00 / 0.26 by words.
// On its report part 0.98 / 0.55 and 1.00 / 0.10, on 30 intents of CLINC150 0.95 / 0.59 by meaning. Lower finds more and begins to mix: better
// two gaps about one thing than one gap about two.
export const alikeThresholds = { cosine: 0.45, words: 0.4 }

const rowsAtOnce = 128

/** How alike each two are, row by row, and the threshold that goes with it: by meaning when all have vectors, else by their words. */
export async function questionLikeness(questions: AskedQuestion[], scale = sameScale): Promise<{ likeness: Float32Array; threshold: number }> {
  const count = questions.length
  const likeness = new Float32Array(count * count)
  const vectors = questions.flatMap(({ vector }) => vector ?? [])
  if (vectors.length === count && count > 0) {
    const size = vectors[0]!.length
    const all = new Float32Array(count * size)
    for (const [index, vector] of vectors.entries()) all.set(vector, index * size)
    for (let from = 0; from < count; from += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, count - from)
      dotProducts(all.subarray(from * size, (from + rows) * size), rows, all, count, size, likeness.subarray(from * count, (from + rows) * count))
      await breathe()
    }
    return { likeness, threshold: scale.threshold(alikeThresholds.cosine) }
  }
  const words = questions.map(({ text }) => new Set(contentWords(text)))
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < row; column++) {
      likeness[row * count + column] = likeness[column * count + row] = sharedWords(words[row]!, words[column]!)
    }
    if (row % rowsAtOnce === 0) await breathe()
  }
  return { likeness, threshold: alikeThresholds.words }
}

/** Of the words of both, the share that they have in common (Dice). */
export function sharedWords(a: Set<string>, b: Set<string>): number {
  if (a.size + b.size === 0) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  return (2 * shared) / (a.size + b.size)
}
