import type { Logger } from '../lib/logger.ts'
import { type Embedder, EmbedderUnavailableError, type EngineState } from './embedder.ts'
import { LocalModel } from './local-model.ts'
import { type ModelFiles, modelInFolder, readModelJson } from './model-files.ts'
import { ModelThread } from './model-thread.ts'
import { QueryCache } from './query-cache.ts'
import { minilm } from './shipped-minilm.ts'
import { wordPieceWindow } from './word-piece-window.ts'

export interface LocalEmbedderOptions {
  /** The folder that holds the model's folder. */
  modelsDir: string
  /** Default: the shipped MiniLM. */
  model?: ModelFiles
  /** The thread that other local models compute in; without one it has its own. */
  thread?: ModelThread
  retryAfterMs?: number
  cacheSize?: number
  logger?: Pick<Logger, 'warn'>
}

/** More than 512 word pieces of any prose; what follows would be tokenised only to be cut off. */
const maximumCharacters = 20_000

/** A sentence model whose files lie here, such as all-MiniLM-L6-v2. */
export class LocalEmbedder implements Embedder {
  readonly model: string
  readonly #files: ModelFiles
  readonly #model: LocalModel
  readonly #cache: QueryCache
  readonly #ownThread: ModelThread | null
  #dimensions: number | null = null

  constructor({ modelsDir, model = modelInFolder(modelsDir, minilm.name), thread, retryAfterMs, cacheSize, logger }: LocalEmbedderOptions) {
    const ownThread = thread ? null : new ModelThread()
    this.#ownThread = ownThread
    this.#files = model
    this.#model = new LocalModel({
      spec: { ...model, kind: 'sentence' },
      thread: thread ?? ownThread!,
      window: wordPieceWindow(model.folder, this.#config() ?? {}),
      retryAfterMs,
      unavailable: (reason, options) => new EmbedderUnavailableError(reason, options),
      logger,
    })
    this.#cache = new QueryCache({ size: cacheSize, maximumCharacters })
    this.model = this.#model.name
  }

  /** Null while its config.json is missing or damaged. */
  get dimensions(): number | null {
    if (this.#files.folder === minilm.name) return minilm.dimensions
    if (this.#dimensions !== null) return this.#dimensions
    const size = this.#config()?.hidden_size
    if (typeof size === 'number' && Number.isInteger(size) && size > 0) this.#dimensions = size
    return this.#dimensions
  }

  async embed(texts: string[], options: Parameters<Embedder['embed']>[1] = {}): Promise<Float32Array[]> {
    options.signal?.throwIfAborted()
    this.#model.failIfClosed()
    return this.#cache.embed(texts, options, (missing, { priority, signal }) =>
      this.#model.run(
        missing.map((text) => ({ text })),
        { priority, signal },
      ),
    )
  }

  state(): EngineState {
    return this.#model.state()
  }

  async close(): Promise<void> {
    this.#model.close()
    await this.#ownThread?.close()
  }

  #config(): Record<string, unknown> | null {
    try {
      return readModelJson(this.#files, 'config.json')
    } catch {
      return null
    }
  }
}
