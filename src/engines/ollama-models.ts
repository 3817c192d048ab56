import { Readable } from 'node:stream'
import { Ollama } from 'ollama'
import { jsonLines } from './json-lines.ts'
import { type CreateModelRequest, type ModelMessage, type ModelServer, ModelServerError, type ModelStatus, type ShownModel } from './model-server.ts'

const answerTimeoutMs = 10_000
/** A large file is hashed and copied without a word. */
const silenceMs = 600_000
/** From then on a model is described by fields; before, by a Modelfile alone. */
const firstWithFields = [0, 5, 5]

/** The administrative half of Ollama's API. */
export class OllamaModels implements ModelServer {
  readonly host: string

  constructor({ host }: { host: string }) {
    this.host = host
  }

  async show(model: string, { signal }: { signal: AbortSignal }): Promise<ShownModel | null> {
    const response = await this.#ask('/api/show', { model }, AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]))
    if (response.status === 404) return null
    const shown = (await this.#read(response)) as Partial<Record<'system' | 'template' | 'parameters', string>> & {
      messages?: { role: string; content: string }[] | null
      details?: { quantization_level?: string }
    }
    return {
      system: shown.system ?? null,
      template: shown.template ?? null,
      messages: shown.messages ?? [],
      parameters: shown.parameters ?? '',
      quantization: shown.details?.quantization_level || null,
    }
  }

  async create(request: CreateModelRequest, { signal, onStatus }: { signal: AbortSignal; onStatus: (status: ModelStatus) => void }): Promise<void> {
    const { from, modelfile, ...rest } = request
    const source = 'model' in from ? { from: from.model } : { files: { 'model.gguf': from.digest } }
    const body = (await this.#knowsFields(signal)) ? { ...rest, ...source } : { name: request.model, modelfile: modelfile ?? modelfileOf(request) }
    const quiet = new AbortController()
    const timer = setTimeout(() => quiet.abort(), silenceMs)
    let last = ''
    try {
      const client = this.#client(AbortSignal.any([signal, quiet.signal]))
      for await (const { status, completed, total } of await client.create({ ...body, stream: true } as Parameters<Ollama['create']>[0] & {
        stream: true
      })) {
        timer.refresh()
        last = status
        onStatus({ status, completed: completed ?? null, total: total ?? null })
      }
    } catch (error) {
      signal.throwIfAborted()
      if (quiet.signal.aborted)
        throw new ModelServerError(`Ollama at ${this.host} said nothing for ${silenceMs / 60_000} minutes while it made the model.`, {
          retryable: true,
        })
      throw this.#asError(error, last === '' ? '' : 'while it made the model: ')
    } finally {
      clearTimeout(timer)
      quiet.abort()
    }
    signal.throwIfAborted()
    if (last !== 'success')
      throw new ModelServerError(`The answer of Ollama at ${this.host} ended before the model was made. Is it still running?`, { retryable: true })
  }

  async hasBlob(digest: string, { signal }: { signal: AbortSignal }): Promise<boolean> {
    const { status } = await this.#fetch(`/api/blobs/${digest}`, {
      method: 'HEAD',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
    return status === 200
  }

  async pushBlob(digest: string, bytes: ReadableStream<Uint8Array>, { signal }: { signal: AbortSignal }): Promise<void> {
    const response = await this.#fetch(`/api/blobs/${digest}`, { method: 'POST', body: bytes, duplex: 'half', signal } as RequestInit)
    if (!response.ok) await this.#read(response)
  }

  async delete(model: string, { signal }: { signal: AbortSignal }): Promise<void> {
    const response = await this.#fetch('/api/delete', {
      method: 'DELETE',
      body: JSON.stringify({ model, name: model }),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
    if (!response.ok && response.status !== 404) await this.#read(response)
  }

  async answer(model: string, messages: ModelMessage[], { signal, maximumTokens }: { signal: AbortSignal; maximumTokens: number }): Promise<string> {
    const options = { temperature: 0, seed: 1, num_predict: maximumTokens }
    const response = await this.#ask('/api/chat', { model, messages, stream: false, options }, signal)
    const { message } = (await this.#read(response)) as { message?: { content?: string } }
    return message?.content ?? ''
  }

  async complete(model: string, prompt: string, { signal, maximumTokens }: { signal: AbortSignal; maximumTokens: number }): Promise<string> {
    const options = { temperature: 0, seed: 1, num_predict: maximumTokens }
    const response = await this.#ask('/api/generate', { model, prompt, raw: true, stream: false, options }, signal)
    return ((await this.#read(response)) as { response?: string }).response ?? ''
  }

  async #knowsFields(signal: AbortSignal): Promise<boolean> {
    const response = await this.#fetch('/api/version', { signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]) })
    const { version = '' } = response.ok ? ((await this.#read(response)) as { version?: string }) : {}
    const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
    // One that somebody built calls itself 0.0.0.
    if (!numbers?.some((number) => number > 0)) return true
    const differing = numbers.findIndex((number, place) => number !== firstWithFields[place])
    return differing === -1 || numbers[differing]! > firstWithFields[differing]!
  }

  /** A client for one request, whose errors say what the server said. */
  #client(signal: AbortSignal): Ollama {
    return new Ollama({
      host: this.host,
      fetch: async (input, init) => {
        const response = await fetch(input, { ...init, signal })
        if (!response.ok) throw this.#refusal(response.status, await response.text())
        return response.body ? new Response(jsonLines(response.body), response) : response
      },
    })
  }

  #ask(path: string, body: object, signal: AbortSignal): Promise<Response> {
    return this.#fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, signal })
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(path, this.host), init)
    } catch (error) {
      throw this.#asError(error, '')
    }
  }

  async #read(response: Response): Promise<unknown> {
    const text = await response.text().catch((error: unknown) => {
      throw this.#asError(error, '')
    })
    if (!response.ok) throw this.#refusal(response.status, text)
    return text === '' ? {} : JSON.parse(text)
  }

  #refusal(status: number, body: string): ModelServerError {
    return new ModelServerError(`Ollama at ${this.host} answered ${status}: ${errorOf(body)}`, { retryable: status >= 500 || status === 429 })
  }

  #asError(error: unknown, when: string): unknown {
    if (error instanceof ModelServerError) return error
    const { name, message, cause } = error as Error
    if (name === 'AbortError') return error
    if (name === 'TimeoutError') return new ModelServerError(`Ollama at ${this.host} did not answer in time.`, { retryable: true, cause: error })
    if (name === 'TypeError' || name === 'FetchError')
      return new ModelServerError(
        `Ollama at ${this.host} cannot be reached${when && ' any more'}, is it running? (${(cause as Error | undefined)?.message ?? message})`,
        { retryable: true, cause: error },
      )
    const advice = /no space/i.test(message) ? ' Free some space where Ollama keeps its models.' : ''
    return new ModelServerError(`Ollama at ${this.host} said ${when}${message}${/[.!]$/.test(message) ? '' : '.'}${advice}`, {
      retryable: false,
      cause: error,
    })
  }
}

/** What a model is made from, in Ollama's format; also for people to read, and for `ollama create`. */
export function modelfileOf({ from, system, parameters = {}, messages = [], template }: Omit<CreateModelRequest, 'model' | 'modelfile'>): string {
  return `${[
    `FROM ${'model' in from ? from.model : `@${from.digest}`}`,
    ...(template === undefined ? [] : [`TEMPLATE ${quoted(template)}`]),
    ...Object.entries(parameters).map(([name, value]) => `PARAMETER ${name} ${value}`),
    ...(system === undefined ? [] : [`SYSTEM ${quoted(system)}`]),
    ...messages.map(({ role, content }) => `MESSAGE ${role} ${quoted(content)}`),
  ].join('\n')}\n`
}

/** How a question and its reply stand in a Modelfile. */
export function messageLines({ question, reply }: { question: string; reply: string }): string {
  return `MESSAGE user ${quoted(question)}\nMESSAGE assistant ${quoted(reply)}\n`
}

/** There is no way to write three quotes inside three quotes. */
const quoted = (text: string) => `"""${text.replaceAll('"""', "'''").replace(/"$/, '" ')}"""`

function errorOf(body: string): string {
  try {
    return String(JSON.parse(body).error)
  } catch {
    return body.slice(0, 200)
  }
}

/** A file's bytes as `pushBlob` takes them. */
export function streamOf(readable: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(readable) as ReadableStream<Uint8Array>
}
