import { Worker } from 'node:worker_threads'
import type { FromWorker, LocalModelSpec, ToWorker } from './model-worker.ts'
import type { ModelInput, Priority } from './work-queue.ts'

/** What one model has for the thread to do. */
export interface Lane {
  readonly spec: LocalModelSpec
  has(priority: Priority): boolean
  /** The next inputs, which are then under way until `receive` or `lose`. */
  take(priority: Priority, options: { yields: boolean }): ModelInput[]
  receive(answer: FromWorker): void
  /** The thread is gone, and with it the model and what was under way. */
  lose(cause?: unknown): void
  /** Somebody waits for something that waits or is under way. */
  readonly isAwaited: boolean
}

const closeTimeoutMs = 5_000
const queriesArriveForMs = 2_000

/**
 * The one thread that all local models compute in: onnxruntime in several threads can crash, and would only compete for the same cores. It starts
 * with the first input and is started again after a crash. One batch is under way at a time; queries of any model go before bulk work of any.
 */
export class ModelThread {
  /** Whose turn it is comes first. */
  readonly #lanes: Lane[] = []
  #worker: Worker | null = null
  #busy: Lane | null = null
  #lastQueryAt = Number.NEGATIVE_INFINITY
  #isClosed = false

  add(lane: Lane): void {
    this.#lanes.push(lane)
  }

  remove(lane: Lane): void {
    const index = this.#lanes.indexOf(lane)
    if (index >= 0) this.#lanes.splice(index, 1)
    this.update()
  }

  /** To be called when a lane has more to do, or less. */
  update(): void {
    if (this.#isClosed) this.#loseAll()
    else if (!this.#busy) this.#sendNext()
    // The thread keeps the process alive while somebody waits for it, and only then.
    if (this.#lanes.some((lane) => lane.isAwaited)) this.#worker?.ref()
    else this.#worker?.unref()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#loseAll()
    const worker = this.#worker
    if (!worker) return
    this.#worker = null
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    worker.ref()
    worker.once('exit', () => resolve())
    // Ending the thread in the middle of a run can take the process down with it, so the worker is asked first.
    const timer = setTimeout(() => void worker.terminate(), closeTimeoutMs)
    worker.postMessage({ type: 'close' } satisfies ToWorker)
    await exited
    clearTimeout(timer)
  }

  #sendNext(): void {
    const now = performance.now()
    const asking = this.#lanes.find((lane) => lane.has('query'))
    if (asking) this.#lastQueryAt = now
    const lane = asking ?? this.#lanes.find((lane) => lane.has('bulk'))
    if (!lane) return
    // The others come first the next time: one model's hundred passages must not keep another's query waiting.
    this.#lanes.push(...this.#lanes.splice(this.#lanes.indexOf(lane), 1))
    const inputs = lane.take(asking ? 'query' : 'bulk', { yields: !asking && now - this.#lastQueryAt < queriesArriveForMs })
    this.#busy = lane
    this.#worker ??= this.#start()
    this.#worker.postMessage({ type: 'run', model: lane.spec, inputs } satisfies ToWorker)
  }

  #start(): Worker {
    // Flags of the process, as --input-type of `node --eval`, stop a worker that would inherit them.
    const worker = new Worker(new URL('./model-worker.ts', import.meta.url), { execArgv: [] })
    worker.on('message', (answer: FromWorker) => {
      if (worker !== this.#worker) return
      const lane = this.#busy!
      this.#busy = null
      lane.receive(answer)
      this.update()
    })
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker))
    return worker
  }

  #lose(worker: Worker, cause?: unknown): void {
    if (worker !== this.#worker) return
    this.#worker = null
    this.#busy = null
    this.#loseAll(cause)
  }

  #loseAll(cause?: unknown): void {
    for (const lane of this.#lanes) lane.lose(cause)
  }
}
