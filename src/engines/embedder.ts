export interface EmbedOptions {
  priority?: 'query' | 'bulk' | undefined
  remember?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** A sentence embedder. Vectors are L2-normalised, so a dot product is a cosine. */
export interface Embedder {
  /** Names the vector space: vectors of different models are never compared. */
  readonly model: string
  /** Null while nobody knows: a server's model tells with its first answer, a local one as soon as its files are there. */
  readonly dimensions: number | null
  /**
   * One vector a text, in their order; a text beyond the model's window is cut. `query` goes before bulk work that waits.
   * Queries are remembered, and with `remember` other texts that come again. Rejects with EmbedderUnavailableError when the model cannot be loaded, and with the signal's reason when it is aborted.
   */
  embed(texts: string[], options?: EmbedOptions): Promise<Float32Array[]>
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

/** How long the vectors are; embeds a word when only the model's server can tell. */
export async function dimensionsOf(embedder: Embedder, { signal }: { signal?: AbortSignal } = {}): Promise<number> {
  if (embedder.dimensions !== null) return embedder.dimensions
  const [vector] = await embedder.embed(['dimensions'], { signal })
  return vector!.length
}
