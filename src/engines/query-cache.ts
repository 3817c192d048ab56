import { LRUCache } from 'lru-cache'
import type { Embedder } from './embedder.ts'

type EmbedOptions = NonNullable<Parameters<Embedder['embed']>[1]>

/** Remembers the vectors of questions that come again, and has each of the other texts embedded once. */
export class QueryCache {
  readonly #vectors: LRUCache<string, Float32Array>
  readonly #maximumCharacters: number

  /** Of a longer text only the beginning is read. */
  constructor({ size = 5_000, maximumCharacters }: { size?: number | undefined; maximumCharacters: number }) {
    this.#vectors = new LRUCache({ max: size })
    this.#maximumCharacters = maximumCharacters
  }

  async embed(
    texts: string[],
    { priority = 'query', signal }: EmbedOptions,
    compute: (missing: string[], options: { priority: 'query' | 'bulk'; signal: AbortSignal | undefined }) => Promise<Float32Array[]>,
  ): Promise<Float32Array[]> {
    const keys = texts.map((text) => (text.length > this.#maximumCharacters ? text.slice(0, this.#maximumCharacters) : text))
    const vectors = new Map<string, Float32Array>()
    const missing = new Set<string>()
    for (const key of keys) {
      const vector = this.#vectors.get(key)
      if (vector) vectors.set(key, vector)
      else missing.add(key)
    }
    const computed = missing.size > 0 ? await compute([...missing], { priority, signal }) : []
    for (const [index, key] of [...missing].entries()) {
      vectors.set(key, computed[index]!)
      // An import passes thousands of texts through here once: they would only push out the questions that come again.
      if (priority === 'query') this.#vectors.set(key, computed[index]!)
    }
    return keys.map((key) => vectors.get(key)!.slice())
  }
}
