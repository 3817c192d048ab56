import OpenAI from 'openai'
import type { EngineState } from './embedder.ts'
import { type GenerationRequest, type Generator, GeneratorError, type GeneratorOutput, type GeneratorUsage } from './generator.ts'

const checkTimeoutMs = 1_500

/** Any server that speaks OpenAI's chat completions: vLLM, llama.cpp, LM Studio, OpenAI itself. */
export class OpenaiGenerator implements Generator {
  readonly kind = 'OPENAI'
  readonly model: string
  readonly #baseUrl: string
  readonly #client: OpenAI

  constructor({ baseUrl, apiKey, model }: { baseUrl: string; apiKey?: string | undefined; model: string }) {
    this.model = model
    this.#baseUrl = baseUrl
    // The client insists on a key, and servers on one's own machine ignore it. Who retries, and how often, is the caller's to say.
    this.#client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', organization: null, project: null, maxRetries: 0 })
  }

  async *generate(
    { model = null, messages, parameters, answerSchema }: GenerationRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncIterable<GeneratorOutput> {
    const left = new AbortController()
    let hasAnswered = false
    const asked = model ?? this.model
    try {
      const stream = await this.#client.chat.completions.create(
        {
          model: asked,
          messages,
          stream: true,
          stream_options: { include_usage: true },
          // `max_completion_tokens` is unknown to many compatible servers, this one to none.
          max_tokens: parameters.maximumTokens,
          temperature: parameters.temperature,
          ...(parameters.topP !== undefined && { top_p: parameters.topP }),
          ...(answerSchema && {
            response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema: answerSchema } },
          }),
        },
        { signal: AbortSignal.any([signal, left.signal]) },
      )
      hasAnswered = true
      const usage: GeneratorUsage = { promptTokens: null, completionTokens: null, cutOff: false }
      let finishReason: string | null = null
      for await (const { choices, usage: counted } of stream) {
        const text = choices[0]?.delta?.content
        if (text) yield { type: 'text', text }
        finishReason = choices[0]?.finish_reason ?? finishReason
        if (counted) Object.assign(usage, { promptTokens: counted.prompt_tokens, completionTokens: counted.completion_tokens })
      }
      // The client ends its loop quietly when it is aborted, and when the connection is closed in an orderly way.
      signal.throwIfAborted()
      if (!finishReason) throw new GeneratorError(`The answer of ${this.#baseUrl} ended early.`, { retryable: true })
      yield { type: 'end', usage: { ...usage, cutOff: finishReason === 'length' } }
    } catch (error) {
      signal.throwIfAborted()
      throw this.#asGeneratorError(asked, error, hasAnswered)
    } finally {
      left.abort()
    }
  }

  async check(model = this.model): Promise<EngineState> {
    try {
      const { data } = await this.#client.models.list({ timeout: checkTimeoutMs })
      if (data.some(({ id }) => id === model)) return { status: 'ready', detail: `${model} at ${this.#baseUrl}` }
      return { status: 'unavailable', detail: this.#missingModel(model) }
    } catch (error) {
      // Not every compatible server lists its models; one that answers at all is given the benefit of the doubt.
      if (error instanceof OpenAI.APIError && (error.status === 404 || error.status === 405))
        return { status: 'ready', detail: `${model} at ${this.#baseUrl} (not listed)` }
      return { status: 'unavailable', detail: this.#asGeneratorError(model, error, false).message }
    }
  }

  #asGeneratorError(model: string, error: unknown, hasAnswered: boolean): GeneratorError {
    if (error instanceof GeneratorError) return error
    const { message } = error as Error
    const status = error instanceof OpenAI.APIError ? (error.status as number | undefined) : undefined
    if (status === 401 || status === 403)
      return new GeneratorError(`${this.#baseUrl} refused the key (${status}). Check OPENAI_API_KEY.`, { retryable: false, cause: error })
    if (status === 404) return new GeneratorError(this.#missingModel(model), { retryable: false, cause: error })
    if (status)
      return new GeneratorError(`${this.#baseUrl} answered ${message}`, {
        retryable: status === 408 || status === 429 || status >= 500,
        cause: error,
      })
    if (hasAnswered && error instanceof OpenAI.APIError)
      return new GeneratorError(`${this.#baseUrl} stopped in the middle of the answer: ${message}`, { retryable: true, cause: error })
    if (hasAnswered) return new GeneratorError(`The answer of ${this.#baseUrl} ended early.`, { retryable: true, cause: error })
    return new GeneratorError(`The model server cannot be reached, is it running at ${this.#baseUrl}? (${message})`, {
      retryable: true,
      cause: error,
    })
  }

  #missingModel(model: string): string {
    return `${this.#baseUrl} does not know the model ${model}. Check OPENAI_BASE_URL and OPENAI_MODEL.`
  }
}
