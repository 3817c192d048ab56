import type { Logger } from '../lib/logger.ts'
import type { EngineState } from './embedder.ts'
import { LocalModel } from './local-model.ts'
import { type ModelFiles, readModelJson } from './model-files.ts'
import type { ModelThread } from './model-thread.ts'
import { type Reranker, RerankerUnavailableError } from './reranker.ts'
import { wordPieceWindow } from './word-piece-window.ts'

/** More than the model's window of any prose; what follows would be tokenised only to be cut off. */
const maximumCharacters = { query: 4_000, passage: 20_000 }

/** A local reranker: a sequence classification model with one label, or with two of which the second means that they belong together. */
export class CrossEncoder implements Reranker {
  readonly model: string
  readonly #model: LocalModel

  constructor({
    model,
    thread,
    retryAfterMs,
    logger,
  }: {
    model: ModelFiles
    thread: ModelThread
    retryAfterMs?: number
    logger?: Pick<Logger, 'warn'>
  }) {
    this.#model = new LocalModel({
      spec: { ...model, kind: 'pair' },
      thread,
      window: wordPieceWindow(model.folder, configOf(model)),
      retryAfterMs,
      unavailable: (reason, options) => new RerankerUnavailableError(reason, options),
      logger,
    })
    this.model = this.#model.name
  }

  async score(query: string, passages: string[], { signal }: { signal?: AbortSignal | undefined } = {}): Promise<number[]> {
    const text = query.slice(0, maximumCharacters.query)
    const inputs = passages.map((passage) => ({ text, pair: passage.slice(0, maximumCharacters.passage) }))
    const logits = await this.#model.run(inputs, { priority: 'query', signal })
    return logits.map((row) => this.#probability(row))
  }

  state(): EngineState {
    return this.#model.state()
  }

  async close(): Promise<void> {
    this.#model.close()
  }

  #probability(logits: Float32Array): number {
    if (logits.length === 1) return sigmoid(logits[0]!)
    if (logits.length === 2) return sigmoid(logits[1]! - logits[0]!)
    throw new RerankerUnavailableError(`${this.model} has ${logits.length} labels, and a reranker has one. Choose another RERANKER_MODEL.`)
  }
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))

function configOf(model: ModelFiles): Record<string, unknown> {
  try {
    return readModelJson(model, 'config.json')
  } catch {
    // The first score says what is wrong with it.
    return {}
  }
}
