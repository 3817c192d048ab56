/** A server on which models are made: Ollama. */
export interface ModelServer {
  readonly host: string
  /** What the server knows of a model; null when it does not have it. */
  show(model: string, options: { signal: AbortSignal }): Promise<ShownModel | null>
  /** Makes a model, or makes it anew under the same name. Resolves when the server has it; throws ModelServerError for everything else. */
  create(request: CreateModelRequest, options: { signal: AbortSignal; onStatus: (status: ModelStatus) => void }): Promise<void>
  hasBlob(digest: string, options: { signal: AbortSignal }): Promise<boolean>
  /** Uploads a file for `create`. `digest` is sha256: and 64 hexadecimal digits of its bytes. */
  pushBlob(digest: string, bytes: ReadableStream<Uint8Array>, options: { signal: AbortSignal }): Promise<void>
  /** Does nothing when there is no such model. */
  delete(model: string, options: { signal: AbortSignal }): Promise<void>
  /** One answer as the model gives it, with its likeliest words. */
  answer(model: string, messages: ModelMessage[], options: { signal: AbortSignal; maximumTokens: number }): Promise<string>
  /** What the model goes on with after these very characters, its template left out. */
  complete(model: string, prompt: string, options: { signal: AbortSignal; maximumTokens: number }): Promise<string>
}

export interface ModelMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface CreateModelRequest {
  model: string
  /** The model that it is made from, or the digest of a GGUF file that was pushed. */
  from: { model: string } | { digest: string }
  system?: string
  /** By Ollama's names: temperature, top_p, num_ctx, num_predict. */
  parameters?: Record<string, number>
  messages?: ModelMessage[]
  template?: string
  /** The same as a Modelfile, for servers that know nothing else. */
  modelfile?: string
}

/** In bytes, where the server moves any. */
export interface ModelStatus {
  status: string
  completed: number | null
  total: number | null
}

export interface ShownModel {
  system: string | null
  template: string | null
  messages: { role: string; content: string }[]
  /** As the server writes them: one a line. */
  parameters: string
  /** Like Q4_K_M; null when the server does not say. */
  quantization: string | null
}

/** The message says what happened and what to do. */
export class ModelServerError extends Error {
  /** Trying again may help. */
  readonly retryable: boolean
  constructor(message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause })
    this.name = 'ModelServerError'
    this.retryable = retryable
  }
}
