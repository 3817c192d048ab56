import { LRUCache } from 'lru-cache'
import type { EmbedOptions } from './embedder.ts'

/** Some 15 MB with vectors of 384 numbers. */
const mostSentences = 10_000

/** Remembers the vectors of questions and sentences that come again, and has each of the other texts embedded once. */
export class QueryCache {
  readonly #vectors: LRUCache<string, Float32Array>
  /** Apart, so that the sentences of many articles do not push out the questions. */
  readonly #sentences = new LRUCache<string, Float32Array>({ max: mostSentences })
  readonly #maximumCharacters: number

  /** Of a longer text only the beginning is read. */
  constructor({ size = 5_000, maximumCharacters }: { size?: number | undefined; maximumCharacters: number }) {
    this.#vectors = new LRUCache({ max: size })
    this.#maximumCharacters = maximumCharacters
  }

  async embed(
    texts: string[],
    { priority = 'query', remember = false, signal }: EmbedOptions,
    compute: (missing: string[], options: { priority: 'query' | 'bulk'; signal: AbortSignal | undefined }) => Promise<Float32Array[]>,
  ): Promise<Float32Array[]> {
    const keys = texts.map((text) => (text.length > this.#maximumCharacters ? text.slice(0, this.#maximumCharacters) : text))
    const vectors = new Map<string, Float32Array>()
    const missing = new Set<string>()
    for (const key of keys) {
      const vector = this.#vectors.get(key) ?? this.#sentences.get(key)
      if (vector) vectors.set(key, vector)
      else missing.add(key)
    }
    const computed = missing.size > 0 ? await compute([...missing], { priority, signal }) : []
    for (const [index, key] of [...missing].entries()) {
      vectors.set(key, computed[index]!)
      // An import passes thousands of texts through here once: they would only push out the questions that come again.
      if (priority === 'query') this.#vectors.set(key, computed[index]!)
      else if (remember) this.#sentences.set(key, computed[index]!)
    }
    return keys.map((key) => vectors.get(key)!.slice())
  }
}
