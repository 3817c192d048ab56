import { LRUCache } from 'lru-cache'
import type { EmbedOptions } from './embedder.ts'

/** Some 15 MB with vectors of 384 numbers. */
const mostSentences = 10_000

type Compute = (missing: string[], options: { priority: 'query' | 'bulk'; signal: AbortSignal | undefined }) => Promise<Float32Array[]>

/** Remembers the vectors of questions and sentences that come again, and has each of the other texts embedded once. */
export class QueryCache {
  readonly #vectors: LRUCache<string, Float32Array>
  /** Apart, so that the sentences of many articles do not push out the questions. */
  readonly #sentences = new LRUCache<string, Float32Array>({ max: mostSentences })
  /** Routing, search and escalation read the same question in the same moment. */
  readonly #underWay = new Map<string, Promise<Float32Array>>()
  /** Checks of several replies read the sentences of the same articles. */
  readonly #rememberedUnderWay = new Map<string, Promise<Float32Array>>()
  readonly #maximumCharacters: number

  /** Of a longer text only the beginning is read. */
  constructor({ size = 5_000, maximumCharacters }: { size?: number | undefined; maximumCharacters: number }) {
    this.#vectors = new LRUCache({ max: size })
    this.#maximumCharacters = maximumCharacters
  }

  async embed(texts: string[], { priority = 'query', remember = false, signal }: EmbedOptions, compute: Compute): Promise<Float32Array[]> {
    const keys = texts.map((text) => (text.length > this.#maximumCharacters ? text.slice(0, this.#maximumCharacters) : text))
    const vectors = new Map<string, Float32Array>()
    const missing = new Set<string>()
    const shared = new Map<string, Promise<Float32Array>>()
    for (const key of keys) {
      const vector = this.#vectors.get(key) ?? this.#sentences.get(key)
      // What is asked at once must not wait behind bulk work.
      const underWay = (priority === 'query' ? this.#underWay : remember ? this.#rememberedUnderWay : null)?.get(key)
      if (vector) vectors.set(key, vector)
      else if (underWay) shared.set(key, underWay)
      else missing.add(key)
    }
    const computing = missing.size > 0 ? compute([...missing], { priority, signal }) : Promise.resolve([])
    if (priority === 'query') this.#share(this.#underWay, [...missing], computing)
    else if (remember) this.#share(this.#rememberedUnderWay, [...missing], computing)
    const computed = await computing
    for (const [index, key] of [...missing].entries()) {
      vectors.set(key, computed[index]!)
      // An import passes thousands of texts through here once: they would only push out the questions that come again.
      if (priority === 'query') this.#vectors.set(key, computed[index]!)
      else if (remember) this.#sentences.set(key, computed[index]!)
    }
    for (const [key, underWay] of shared)
      vectors.set(key, await orElse(underWay, signal, async () => (await compute([key], { priority, signal }))[0]!))
    return keys.map((key) => vectors.get(key)!.slice())
  }

  #share(underWay: Map<string, Promise<Float32Array>>, keys: string[], computing: Promise<Float32Array[]>): void {
    for (const [index, key] of keys.entries()) {
      const vector = computing.then((computed) => computed[index]!)
      underWay.set(key, vector)
      // Its failure is told to whoever had it computed; those who share it then do so themselves.
      vector.catch(() => {}).finally(() => underWay.delete(key))
    }
  }
}

/** What somebody else had computed; when they gave up, `compute`. Ends with the signal, whatever theirs says. */
async function orElse(underWay: Promise<Float32Array>, signal: AbortSignal | undefined, compute: () => Promise<Float32Array>): Promise<Float32Array> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal!.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    signal?.throwIfAborted()
    return await Promise.race([underWay, aborted])
  } catch {
    signal?.throwIfAborted()
    return await compute()
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
