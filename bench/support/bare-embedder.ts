// The plain stack, in a process of its own: transformers.js as its documentation shows it, and a loop over all vectors.
import { fileURLToPath } from 'node:url'
import { env, type FeatureExtractionPipeline, pipeline } from '@xenova/transformers'
import { serveParent } from './child.ts'

export interface BareEmbedder extends Record<string, (input: never) => unknown> {
  load: (input: { vectors: Float32Array; dimensions: number } | null) => Promise<void>
  /** Milliseconds of embedding one query and finding its ten nearest. */
  search: (query: string) => Promise<number>
  /** Milliseconds of embedding all, in batches of so many. */
  embedAll: (input: { texts: string[]; batchSize: number }) => Promise<number>
}

let extract: FeatureExtractionPipeline
let vectors = new Float32Array()
let dimensions = 384

const handlers: BareEmbedder = {
  async load(input) {
    env.allowRemoteModels = false
    env.localModelPath = fileURLToPath(new URL('../../models/', import.meta.url))
    extract = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'q8' })
    if (input) ({ vectors, dimensions } = input as { vectors: Float32Array<ArrayBuffer>; dimensions: number })
  },
  async search(query) {
    const startedAt = performance.now()
    nearest(await embed([query]))
    return performance.now() - startedAt
  },
  async embedAll({ texts, batchSize }) {
    const startedAt = performance.now()
    const sorted = texts.toSorted((a, b) => a.length - b.length)
    for (let start = 0; start < sorted.length; start += batchSize) await embed(sorted.slice(start, start + batchSize))
    return performance.now() - startedAt
  },
}
serveParent(handlers)

async function embed(texts: string[]): Promise<Float32Array> {
  const output = await extract(texts, { pooling: 'mean', normalize: true })
  const copy = Float32Array.from(output.data as Float32Array)
  output.dispose()
  return copy
}

function nearest(query: Float32Array): number[] {
  const count = vectors.length / dimensions
  const scores = new Float32Array(count)
  for (let row = 0; row < count; row++) {
    const offset = row * dimensions
    let score = 0
    for (let i = 0; i < dimensions; i++) score += query[i]! * vectors[offset + i]!
    scores[row] = score
  }
  return Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, 10)
}
