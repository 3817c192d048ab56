import OpenAI from 'openai'
import type { Logger } from '../lib/logger.ts'
import { type Embedder, EmbedderUnavailableError, type EngineState } from './embedder.ts'
import { QueryCache } from './query-cache.ts'

export interface OpenaiEmbedderOptions {
  baseUrl: string
  apiKey?: string | undefined
  /** As its server calls it. */
  model: string
  timeoutMs?: { query: number; bulk: number }
  /** How long queries leave a server alone that failed. */
  retryAfterMs?: number
  cacheSize?: number
  logger?: Pick<Logger, 'warn'>
}

const prefix = 'openai:'
/** The server's name of a model that is stored as an OpenaiEmbedder's; null when it is another embedder's. */
export const openaiModelOf = (name: string): string | null => (name.startsWith(prefix) ? name.slice(prefix.length) || null : null)

const batchSize = 64
/** Most models read 512 or 8,192 tokens, and a server refuses more instead of cutting it. A chunk has at most 256 word pieces and fits. */
const maximumCharacters = 8_000
const maximumDimensions = 16_384

/** Any server that speaks OpenAI's embeddings: OpenAI itself, Ollama, vLLM, llama.cpp, text-embeddings-inference. */
export class OpenaiEmbedder implements Embedder {
  readonly model: string
  readonly #options: Required<Pick<OpenaiEmbedderOptions, 'timeoutMs' | 'retryAfterMs'>> & OpenaiEmbedderOptions
  readonly #client: OpenAI
  readonly #cache: QueryCache
  readonly #closing = new AbortController()
  #dimensions: number | null = null
  #failure: { reason: string; at: number } | null = null

  constructor(options: OpenaiEmbedderOptions) {
    this.#options = { timeoutMs: { query: 5_000, bulk: 60_000 }, retryAfterMs: 10_000, ...options }
    this.model = `${prefix}${options.model}`
    this.#client = new OpenAI({ baseURL: options.baseUrl, apiKey: options.apiKey ?? 'none', organization: null, project: null })
    this.#cache = new QueryCache({ size: options.cacheSize, maximumCharacters })
  }

  get dimensions(): number | null {
    return this.#dimensions
  }

  async embed(texts: string[], options: Parameters<Embedder['embed']>[1] = {}): Promise<Float32Array[]> {
    options.signal?.throwIfAborted()
    if (this.#closing.signal.aborted) throw new EmbedderUnavailableError(`${this.model} is closed.`)
    return this.#cache.embed(texts, options, async (missing, { priority, signal }) => {
      // A search waits for this, a job tries again by itself.
      if (priority === 'query' && this.#failure && Date.now() - this.#failure.at < this.#options.retryAfterMs)
        throw new EmbedderUnavailableError(this.#failure.reason)
      const vectors: Float32Array[] = []
      for (let from = 0; from < missing.length; from += batchSize)
        vectors.push(...(await this.#request(missing.slice(from, from + batchSize), { priority, signal })))
      return vectors
    })
  }

  state(): EngineState {
    if (this.#closing.signal.aborted) return { status: 'off', detail: `${this.model} is closed` }
    if (this.#failure) return { status: 'unavailable', detail: this.#failure.reason }
    if (this.#dimensions === null) return { status: 'idle', detail: `${this.#options.model} at ${this.#options.baseUrl} has not been asked yet` }
    return { status: 'ready', detail: `${this.#options.model} at ${this.#options.baseUrl}, ${this.#dimensions} dimensions` }
  }

  async close(): Promise<void> {
    this.#closing.abort(new EmbedderUnavailableError(`${this.model} was closed.`))
  }

  async #request(texts: string[], { priority, signal }: { priority: 'query' | 'bulk'; signal: AbortSignal | undefined }): Promise<Float32Array[]> {
    const signals = [this.#closing.signal, ...(signal ? [signal] : [])]
    try {
      const { data } = await this.#client.embeddings.create(
        // Nothing at all is refused by many; compatible servers know no other encoding than numbers.
        { model: this.#options.model, input: texts.map((text) => text || ' '), encoding_format: 'float' },
        { signal: AbortSignal.any(signals), timeout: this.#options.timeoutMs[priority], maxRetries: priority === 'bulk' ? 3 : 1 },
      )
      const vectors = this.#read(data, texts.length)
      this.#failure = null
      return vectors
    } catch (error) {
      signal?.throwIfAborted()
      this.#closing.signal.throwIfAborted()
      const reason = this.#reasonOf(error)
      if (this.#failure?.reason !== reason) this.#options.logger?.warn({ model: this.model, reason }, 'the embedding server cannot be used')
      this.#failure = { reason, at: Date.now() }
      throw new EmbedderUnavailableError(reason, { cause: error })
    }
  }

  /** In the order of the texts, whatever the order of the answer. */
  #read(data: OpenAI.Embedding[], count: number): Float32Array[] {
    const answered = Array.isArray(data) ? data : []
    const byIndex = new Map(answered.map(({ index, embedding }, position) => [index ?? position, embedding]))
    const vectors = Array.from({ length: count }, (_, index) => {
      const embedding = byIndex.get(index)
      if (!Array.isArray(embedding)) throw new AnswerError(`${byIndex.size} vectors for ${count} texts`)
      return normalised(embedding)
    })
    const expected = this.#dimensions ?? vectors[0]!.length
    const other = vectors.find(({ length }) => length !== expected)
    if (other) throw new AnswerError(`vectors of ${other.length} dimensions where there were ${expected} before`)
    this.#dimensions = expected
    return vectors
  }

  #reasonOf(error: unknown): string {
    const { baseUrl, model } = this.#options
    const { message } = error as Error
    const status = error instanceof OpenAI.APIError ? (error.status as number | undefined) : undefined
    if (error instanceof AnswerError) return `The embedding server at ${baseUrl} answered with ${message}. Check EMBEDDING_MODEL.`
    if (status === 401 || status === 403) return `The embedding server at ${baseUrl} refused the key (${status}). Check OPENAI_API_KEY.`
    if (status === 404) return `The embedding server at ${baseUrl} does not know ${model}. Check EMBEDDING_BASE_URL and EMBEDDING_MODEL.`
    if (status) return `The embedding server at ${baseUrl} answered ${message.slice(0, 300)}`
    return `The embedding server cannot be reached, is it running at ${baseUrl}? (${message.slice(0, 300)})`
  }
}

function normalised(embedding: number[]): Float32Array {
  if (embedding.length === 0 || embedding.length > maximumDimensions) throw new AnswerError(`vectors of ${embedding.length} dimensions`)
  const length = Math.hypot(...embedding)
  if (!Number.isFinite(length) || length === 0) throw new AnswerError('a vector that has no direction')
  return Float32Array.from(embedding, (value) => value / length)
}

class AnswerError extends Error {}
