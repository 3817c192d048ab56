import { Ollama } from 'ollama'
import type { EngineState } from './embedder.ts'
import { type GenerationRequest, type Generator, GeneratorError, type GeneratorOutput } from './generator.ts'
import { jsonLines } from './json-lines.ts'
import { ollamaOptions } from './ollama-options.ts'

const checkTimeoutMs = 1_500

export class OllamaGenerator implements Generator {
  readonly kind = 'OLLAMA'
  readonly model: string
  readonly #host: string

  constructor({ host, model }: { host: string; model: string }) {
    this.#host = host
    this.model = model
  }

  async *generate(
    { model = null, messages, parameters, answerSchema }: GenerationRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncIterable<GeneratorOutput> {
    const left = new AbortController()
    let hasAnswered = false
    const asked = model ?? this.model
    try {
      const stream = await this.#client(asked, AbortSignal.any([signal, left.signal])).chat({
        model: asked,
        messages,
        stream: true,
        keep_alive: '5m',
        ...(answerSchema && { format: answerSchema }),
        options: ollamaOptions(parameters),
      })
      hasAnswered = true
      for await (const { message, done, done_reason, prompt_eval_count, eval_count } of stream) {
        if (message.content) yield { type: 'text', text: message.content }
        if (!done) continue
        yield {
          type: 'end',
          usage: { promptTokens: prompt_eval_count ?? null, completionTokens: eval_count ?? null, cutOff: done_reason === 'length' },
        }
        return
      }
    } catch (error) {
      signal.throwIfAborted()
      throw this.#asGeneratorError(error, hasAnswered)
    } finally {
      // A caller that stops reading leaves the connection open otherwise, and the model at work.
      left.abort()
    }
  }

  async check(model = this.model): Promise<EngineState> {
    try {
      const { models } = await this.#client(model, AbortSignal.timeout(checkTimeoutMs)).list()
      if (models.some(({ name }) => withTag(name) === withTag(model))) return { status: 'ready', detail: `${model} on Ollama at ${this.#host}` }
      return { status: 'unavailable', detail: this.#missingModel(model) }
    } catch (error) {
      return { status: 'unavailable', detail: this.#asGeneratorError(error, false).message }
    }
  }

  /** One client a request: `abort()` of a shared one stops all its requests, and its iterators leak when they are left (ollama-js#295). */
  #client(model: string, signal: AbortSignal): Ollama {
    return new Ollama({
      host: this.#host,
      fetch: async (input, init) => {
        const response = await fetch(input, { ...init, signal })
        if (!response.ok) throw this.#refusal(model, response.status, await response.text())
        return response.body && String(input).endsWith('/api/chat') ? new Response(jsonLines(response.body), response) : response
      },
    })
  }

  #refusal(model: string, status: number, body: string): GeneratorError {
    if (status === 404 && /model/i.test(body)) return new GeneratorError(this.#missingModel(model), { retryable: false })
    return new GeneratorError(`Ollama at ${this.#host} answered ${status}: ${errorOf(body)}`, { retryable: status === 429 || status >= 500 })
  }

  #asGeneratorError(error: unknown, hasAnswered: boolean): GeneratorError {
    if (error instanceof GeneratorError) return error
    const { name, message, cause } = error as Error
    const endedEarly = name === 'TypeError' || message.startsWith('Did not receive done')
    if (hasAnswered && endedEarly) return new GeneratorError(`The answer of Ollama at ${this.#host} ended early.`, { retryable: true, cause: error })
    if (hasAnswered) return new GeneratorError(`Ollama stopped in the middle of the answer: ${message}`, { retryable: true, cause: error })
    const reason = name === 'TimeoutError' ? `no answer within ${checkTimeoutMs} ms` : ((cause as Error | undefined)?.message ?? message)
    return new GeneratorError(`Ollama cannot be reached, is it running at ${this.#host}? (${reason})`, { retryable: true, cause: error })
  }

  #missingModel(model: string): string {
    return `Ollama at ${this.#host} does not have the model ${model}. Get it with \`ollama pull ${model}\`.`
  }
}

const withTag = (model: string) => (model.includes(':') ? model : `${model}:latest`)

function errorOf(body: string): string {
  try {
    return String(JSON.parse(body).error)
  } catch {
    return body.slice(0, 200)
  }
}
