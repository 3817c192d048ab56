/** A sentence embedder. Vectors are L2-normalised, so a dot product is a cosine. */
export interface Embedder {
  /** Names the vector space: vectors of different models are never compared. */
  readonly model: string
  readonly dimensions: number
  /**
   * One vector a text, in their order; a text beyond the model's window is cut. `query` goes before bulk work that waits.
   * Rejects with EmbedderUnavailableError when the model cannot be loaded, and with the signal's reason when it is aborted.
   */
  embed(texts: string[], options?: { priority?: 'query' | 'bulk'; signal?: AbortSignal }): Promise<Float32Array[]>
  state(): EngineState
  close(): Promise<void>
}

export interface EngineState {
  status: 'ready' | 'idle' | 'unavailable' | 'off'
  /** What it is, or what is wrong and what to do. */
  detail: string
}

export class EmbedderUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'EmbedderUnavailableError'
  }
}
