import type { EngineState } from './embedder.ts'

/** Reads a question together with each passage, and so judges better than a comparison of two vectors can; it is slower by as much. */
export interface Reranker {
  readonly model: string
  /**
   * How well each passage answers the query, 0 to 1, in their order; what is beyond the model's window is cut. Rejects with
   * RerankerUnavailableError when the model cannot be used, and with the signal's reason when it is aborted: the deadline is the caller's.
   */
  score(query: string, passages: string[], options?: { signal?: AbortSignal | undefined }): Promise<number[]>
  state(): EngineState
  close(): Promise<void>
}

export class RerankerUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'RerankerUnavailableError'
  }
}
