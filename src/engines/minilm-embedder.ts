import { Worker } from 'node:worker_threads'
import { LRUCache } from 'lru-cache'
import { type Embedder, EmbedderUnavailableError, type EngineState } from './embedder.ts'
import { type EmbeddingJob, EmbeddingQueue, type WaitingText } from './embedding-queue.ts'
import type { FromWorker, ToWorker, WorkerInput } from './embedding-worker.ts'
import { dimensions, modelFingerprint, modelName } from './minilm-model.ts'

export interface MinilmEmbedderOptions {
  /** The folder that holds `Xenova/all-MiniLM-L6-v2`. */
  modelsDir: string
  /** How long a model that could not be loaded is left alone, unless its files change. */
  retryAfterMs?: number
  cacheSize?: number
}

/** More than 256 word pieces of any prose; what follows would be tokenised only to be cut off. */
const maximumCharacters = 20_000
const closeTimeoutMs = 5_000

/** all-MiniLM-L6-v2 in one worker thread, which starts with the first text and is started again after a crash. */
export class MinilmEmbedder implements Embedder {
  readonly model = `${modelName}:q8`
  readonly dimensions = dimensions
  readonly #options: Required<MinilmEmbedderOptions>
  readonly #queue = new EmbeddingQueue()
  readonly #cache: LRUCache<string, Float32Array>
  #worker: Worker | null = null
  #isLoaded = false
  #batch: WaitingText[] = []
  #failure: { reason: string; at: number; fingerprint: string } | null = null
  #isClosed = false

  constructor(options: MinilmEmbedderOptions) {
    this.#options = { retryAfterMs: 30_000, cacheSize: 5_000, ...options }
    this.#cache = new LRUCache({ max: this.#options.cacheSize })
  }

  async embed(texts: string[], { priority = 'query', signal }: { priority?: 'query' | 'bulk'; signal?: AbortSignal } = {}): Promise<Float32Array[]> {
    signal?.throwIfAborted()
    if (this.#isClosed) throw new EmbedderUnavailableError('The embedder is closed.')
    const keys = texts.map((text) => text.slice(0, maximumCharacters))
    const vectors = new Map<string, Float32Array>()
    const missing = new Set<string>()
    for (const key of keys) {
      const vector = this.#cache.get(key)
      if (vector) vectors.set(key, vector)
      else missing.add(key)
    }
    if (missing.size > 0) await this.#compute(missing, { priority, vectors, signal })
    // An import passes thousands of texts through here once: they would only push out the questions that come again.
    if (priority === 'query') for (const key of missing) this.#cache.set(key, vectors.get(key)!)
    return keys.map((key) => vectors.get(key)!.slice())
  }

  state(): EngineState {
    if (this.#isClosed) return { status: 'off', detail: `${this.model} is closed` }
    if (this.#failure) return { status: 'unavailable', detail: this.#failure.reason }
    if (this.#isLoaded) return { status: 'ready', detail: this.model }
    return { status: 'idle', detail: this.#worker ? `${this.model} is loading` : `${this.model} is loaded when it is first needed` }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#rejectAll(new EmbedderUnavailableError('The embedder was closed.'))
    const worker = this.#worker
    if (!worker) return
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    worker.ref()
    worker.once('exit', () => resolve())
    // Ending the thread in the middle of a run can take the process down with it, so the worker is asked first.
    const timer = setTimeout(() => void worker.terminate(), closeTimeoutMs)
    worker.postMessage({ type: 'close' } satisfies ToWorker)
    await exited
    clearTimeout(timer)
  }

  async #compute(
    texts: Set<string>,
    { priority, vectors, signal }: Pick<EmbeddingJob, 'priority' | 'vectors'> & { signal: AbortSignal | undefined },
  ): Promise<void> {
    this.#failIfStillBroken()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const job: EmbeddingJob = { priority, vectors, resolve, reject, remaining: texts.size }
    const onAbort = () => {
      this.#queue.drop(job)
      reject(signal!.reason)
      this.#updateReference()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#queue.push(texts, job)
    this.#sendNextBatch()
    try {
      await promise
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  #failIfStillBroken(): void {
    if (!this.#failure) return
    const isRecent = Date.now() - this.#failure.at < this.#options.retryAfterMs
    if (isRecent && this.#failure.fingerprint === modelFingerprint(this.#options.modelsDir)) throw new EmbedderUnavailableError(this.#failure.reason)
    this.#failure = null
  }

  #sendNextBatch(): void {
    if (this.#batch.length === 0 && !this.#queue.isEmpty) {
      this.#worker ??= this.#startWorker()
      this.#batch = this.#queue.takeBatch()
      this.#worker.postMessage({ type: 'embed', texts: this.#batch.map(({ text }) => text) } satisfies ToWorker)
    }
    this.#updateReference()
  }

  /** The thread keeps the process alive while somebody waits for it, and only then. */
  #updateReference(): void {
    const isAwaited = !this.#queue.isEmpty || this.#batch.some(({ job }) => job.remaining > 0)
    if (isAwaited) this.#worker?.ref()
    else this.#worker?.unref()
  }

  #startWorker(): Worker {
    const workerData: WorkerInput = { modelsDir: this.#options.modelsDir }
    // Flags of the process, as --input-type of `node --eval`, stop a worker that would inherit them.
    const worker = new Worker(new URL('./embedding-worker.ts', import.meta.url), { workerData, execArgv: [] })
    const fingerprint = modelFingerprint(this.#options.modelsDir)
    worker.on('message', (message: FromWorker) => {
      if (worker === this.#worker) this.#receive(message, fingerprint)
    })
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker))
    return worker
  }

  #receive(message: FromWorker, fingerprint: string): void {
    if (message.type === 'ready') this.#isLoaded = true
    if (message.type === 'vectors') this.#deliver(message.vectors)
    if (message.type === 'failed') this.#rejectBatch(new EmbedderUnavailableError(`The embedding model failed: ${message.reason}`))
    if (message.type === 'broken') {
      this.#failure = { reason: message.reason, at: Date.now(), fingerprint }
      this.#worker = null
      this.#rejectAll(new EmbedderUnavailableError(message.reason))
    }
  }

  #deliver(vectors: Float32Array): void {
    const batch = this.#batch
    this.#batch = []
    this.#sendNextBatch()
    for (const [index, { text, job }] of batch.entries()) {
      job.vectors.set(text, vectors.slice(index * dimensions, (index + 1) * dimensions))
      if (--job.remaining === 0) job.resolve()
    }
  }

  #rejectBatch(error: Error): void {
    const jobs = new Set(this.#batch.map(({ job }) => job))
    this.#batch = []
    for (const job of jobs) {
      this.#queue.drop(job)
      job.reject(error)
    }
    this.#sendNextBatch()
  }

  #rejectAll(error: Error): void {
    const waiting = [...this.#batch, ...this.#queue.clear()]
    this.#batch = []
    for (const { job } of waiting) job.reject(error)
  }

  #lose(worker: Worker, cause?: unknown): void {
    if (worker !== this.#worker) return
    this.#worker = null
    this.#isLoaded = false
    this.#rejectAll(new EmbedderUnavailableError('The embedding worker stopped unexpectedly. The next call starts it again.', { cause }))
  }
}
