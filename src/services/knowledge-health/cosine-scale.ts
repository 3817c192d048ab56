import type { Embedder } from '../../engines/embedder.ts'

/** Cosines mean something else in each model: in one 0.45 is alike, in another two unrelated texts have 0.7. */
export interface CosineScale {
  /** What the cosine would be in the model for which the thresholds here were chosen. */
  of(cosine: number): number
  /** What such a threshold is in this model. */
  threshold(value: number): number
}

/** Texts about nothing in common: their mean cosine is where likeness begins. */
const unrelated = [
  'The ferry to the island leaves at noon.',
  'My laptop does not start after the update.',
  'Which herbs go well with roasted carrots?',
  'The court adjourned the hearing until spring.',
  'Please send the invoice to our accounting department.',
  'Glaciers in the valley are melting faster each year.',
  'She tuned her violin before the concert.',
  'How do I reset the thermostat?',
  'The goalkeeper saved a penalty in the last minute.',
  'Vaccines are stored in a cold room.',
  'The museum bought a painting of horses.',
  'Our train tickets can be refunded online.',
]

/** Of all-MiniLM-L6-v2, for which the thresholds were chosen. */
const chosenAt = 0.0393

const known = new WeakMap<Embedder, number>()

export const sameScale: CosineScale = { of: (cosine) => cosine, threshold: (value) => value }

/** Between the cosine of unrelated texts and 1 all models are taken to be alike. The embedder is asked once. */
export async function cosineScale(embedder: Embedder, signal?: AbortSignal): Promise<CosineScale> {
  let baseline = known.get(embedder)
  if (baseline === undefined) {
    baseline = meanCosine(await embedder.embed(unrelated, { priority: 'bulk', ...(signal && { signal }) }))
    known.set(embedder, baseline)
  }
  const stretch = (1 - chosenAt) / (1 - Math.min(baseline, 0.99))
  return {
    of: (cosine) => 1 - (1 - cosine) * stretch,
    threshold: (value) => 1 - (1 - value) / stretch,
  }
}

function meanCosine(vectors: Float32Array[]): number {
  let sum = 0
  let count = 0
  for (const [index, vector] of vectors.entries()) {
    for (const other of vectors.slice(0, index)) {
      sum += vector.reduce((product, value, at) => product + value * other[at]!, 0)
      count += 1
    }
  }
  return sum / count
}
