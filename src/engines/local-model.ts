import type { Logger } from '../lib/logger.ts'
import { BatchBudget } from './batch-budget.ts'
import type { EngineState } from './embedder.ts'
import { modelFingerprint, nameOf } from './model-files.ts'
import type { Lane, ModelThread } from './model-thread.ts'
import type { FromWorker, LocalModelSpec } from './model-worker.ts'
import { type ModelInput, type Priority, type WaitingInput, type Work, WorkQueue } from './work-queue.ts'

export interface LocalModelOptions {
  spec: LocalModelSpec
  thread: ModelThread
  /** Inputs are cut to so many word pieces. */
  window: number
  /** How long a model that could not be loaded is left alone, unless its files change. */
  retryAfterMs?: number | undefined
  /** The error of a model that cannot be used now. */
  unavailable: (reason: string, options?: ErrorOptions) => Error
  logger?: Pick<Logger, 'warn'> | undefined
}

const charactersPerWordPiece = 4.7

/** A model in the shared thread, with its own queue: what waits for it, and what is wrong with it. */
export class LocalModel implements Lane {
  readonly spec: LocalModelSpec
  readonly name: string
  readonly #options: LocalModelOptions
  readonly #queue: WorkQueue
  readonly #budget = new BatchBudget()
  #batch: { items: WaitingInput[]; characters: number } = { items: [], characters: 0 }
  #isLoaded = false
  #failure: { reason: string; at: number; fingerprint: string } | null = null
  #isClosed = false

  constructor(options: LocalModelOptions) {
    this.#options = options
    this.spec = options.spec
    this.name = nameOf(options.spec)
    this.#queue = new WorkQueue({ longestInput: options.window * charactersPerWordPiece })
    options.thread.add(this)
  }

  /** A row of numbers for each input, in their order. */
  async run(inputs: ModelInput[], { priority, signal }: { priority: Priority; signal?: AbortSignal | undefined }): Promise<Float32Array[]> {
    signal?.throwIfAborted()
    this.failIfClosed()
    if (inputs.length === 0) return []
    this.#failIfStillBroken()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const work: Work = { priority, rows: [], resolve, reject, remaining: inputs.length }
    const onAbort = () => {
      this.#queue.drop(work)
      work.remaining = 0
      reject(signal!.reason)
      this.#options.thread.update()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#queue.push(inputs, work)
    this.#options.thread.update()
    try {
      await promise
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
    return work.rows
  }

  failIfClosed(): void {
    if (this.#isClosed) throw this.#options.unavailable(`${this.name} is closed.`)
  }

  state(): EngineState {
    if (this.#isClosed) return { status: 'off', detail: `${this.name} is closed` }
    if (this.#failure) return { status: 'unavailable', detail: this.#failure.reason }
    if (this.#isLoaded) return { status: 'ready', detail: this.name }
    return { status: 'idle', detail: this.isAwaited ? `${this.name} is loading` : `${this.name} is loaded when it is first needed` }
  }

  close(): void {
    this.#isClosed = true
    this.#rejectAll(this.#options.unavailable(`${this.name} was closed.`))
    this.#options.thread.remove(this)
  }

  has(priority: Priority): boolean {
    return this.#queue.has(priority)
  }

  get isAwaited(): boolean {
    return !this.#queue.isEmpty || this.#batch.items.some(({ work }) => work.remaining > 0)
  }

  take(priority: Priority, { yields }: { yields: boolean }): ModelInput[] {
    this.#batch = this.#queue.takeBatch(priority, this.#budget.next({ yields }))
    return this.#batch.items.map(({ input }) => input)
  }

  receive(answer: FromWorker): void {
    this.#isLoaded = answer.type === 'rows'
    if (answer.type === 'rows') this.#deliver(answer)
    else if (answer.type === 'broken') this.#break(answer.reason)
    else this.#rejectBatch(this.#options.unavailable(`The model ${this.name} failed: ${answer.reason}`))
  }

  lose(cause?: unknown): void {
    this.#isLoaded = false
    // Whatever the thread stumbled over, this model was what it had in hand, and would make it stumble again.
    if (cause instanceof Error && this.#batch.items.length > 0) this.#break(`The thread of the local models stopped: ${cause.message}`)
    else this.#rejectAll(this.#options.unavailable('The thread of the local models was stopped. The next call starts it again.', { cause }))
  }

  #failIfStillBroken(): void {
    if (!this.#failure) return
    const isRecent = Date.now() - this.#failure.at < (this.#options.retryAfterMs ?? 30_000)
    if (isRecent && this.#failure.fingerprint === modelFingerprint(this.spec)) throw this.#options.unavailable(this.#failure.reason)
    this.#failure = null
  }

  #break(reason: string): void {
    this.#failure = { reason, at: Date.now(), fingerprint: modelFingerprint(this.spec) }
    this.#options.logger?.warn({ model: this.name, reason }, 'a local model cannot be used')
    this.#rejectAll(this.#options.unavailable(reason))
  }

  #deliver({ rows, ms }: Extract<FromWorker, { type: 'rows' }>): void {
    const { items, characters } = this.#batch
    this.#batch = { items: [], characters: 0 }
    this.#budget.add({ characters, ms })
    const width = rows.length / items.length
    for (const [position, { index, work }] of items.entries()) {
      work.rows[index] = rows.slice(position * width, (position + 1) * width)
      if (--work.remaining === 0) work.resolve()
    }
  }

  #rejectBatch(error: Error): void {
    const works = new Set(this.#batch.items.map(({ work }) => work))
    this.#batch = { items: [], characters: 0 }
    for (const work of works) {
      this.#queue.drop(work)
      work.reject(error)
    }
  }

  #rejectAll(error: Error): void {
    const waiting = [...this.#batch.items, ...this.#queue.clear()]
    this.#batch = { items: [], characters: 0 }
    for (const { work } of waiting) work.reject(error)
  }
}
