import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Recording, type Replay, recording, startReplayOllama } from '../../test/support/replay-ollama.ts'
import { type GenerationRequest, GeneratorError, type GeneratorOutput } from './generator.ts'
import { OllamaGenerator } from './ollama-generator.ts'

const request: GenerationRequest = {
  messages: [{ role: 'user', content: 'How do I get my money back?' }],
  question: 'How do I get my money back?',
  sources: [],
  sufficient: true,
  handOver: false,
  voice: { greeting: 'Hi,', signOff: 'Bye' },
  tone: null,
  parameters: { contextTokens: 2048, maximumTokens: 48, temperature: 0.2 },
}

let close = async () => {}
afterEach(() => close())

async function ollamaThatPlays(replay: Replay, model = 'smollm2') {
  const server = await startReplayOllama({ 'POST /api/chat': replay, 'GET /api/tags': { recording: recording('tags') } })
  close = server.close
  return { server, generator: new OllamaGenerator({ host: server.host, model }) }
}

async function collect(generator: OllamaGenerator, signal = new AbortController().signal): Promise<GeneratorOutput[]> {
  const outputs: GeneratorOutput[] = []
  for await (const output of generator.generate(request, { signal })) outputs.push(output)
  return outputs
}

const textOf = (outputs: GeneratorOutput[]) => outputs.map((output) => (output.type === 'text' ? output.text : '')).join('')
const failure = (promise: Promise<unknown>): Promise<GeneratorError> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error) => {
      expect(error).toBeInstanceOf(GeneratorError)
      return error
    },
  )

describe('a streamed answer', () => {
  test.each(['application/x-ndjson', 'text/plain'])(
    'of %s with lines that are no JSON is read without them, and they are printed nowhere',
    async (type) => {
      const line = (content: string, done: boolean) => `${JSON.stringify({ message: { content }, done, done_reason: 'stop' })}\n`
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': type })
        response.end(`what a customer wrote\n${line('Hello', false)}what a customer wrote\n${line('', true)}`)
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      close = async () => void server.close()
      const printed = vi.spyOn(console, 'warn')
      const { port } = server.address() as AddressInfo
      expect(textOf(await collect(new OllamaGenerator({ host: `http://127.0.0.1:${port}`, model: 'any' })))).toBe('Hello')
      expect(printed).not.toHaveBeenCalled()
    },
  )

  test('arrives in the pieces that the model made, with its counts', async () => {
    const { server, generator } = await ollamaThatPlays({ recording: recording('chat-stream') })
    const outputs = await collect(generator)
    expect(outputs.length).toBe(49)
    expect(textOf(outputs)).toMatch(/^You can't get your money back if you/)
    expect(outputs.at(-1)).toEqual({ type: 'end', usage: { promptTokens: 75, completionTokens: 48, cutOff: true } })
    expect(server.requests[0]!.body).toEqual({
      model: 'smollm2',
      messages: request.messages,
      stream: true,
      keep_alive: '5m',
      options: { num_ctx: 2048, num_predict: 48, temperature: 0.2 },
    })
  })

  test('tells that it was cut off when the model ran out of tokens', async () => {
    const { generator } = await ollamaThatPlays({ recording: recording('chat-length-stop') })
    expect((await collect(generator)).at(-1)).toEqual({ type: 'end', usage: { promptTokens: 75, completionTokens: 4, cutOff: true } })
  })

  test('tells how much of the prompt the model has read, so that a cut one shows', async () => {
    const { generator } = await ollamaThatPlays({ recording: recording('chat-truncated-context') })
    expect((await collect(generator)).at(-1)).toEqual({ type: 'end', usage: { promptTokens: 512, completionTokens: 1, cutOff: false } })
  })

  test('is read when characters and lines are torn apart by the network', async () => {
    const whole = recording('chat-stream')
    const text = whole.chunks.map(([, chunk]) => chunk).join('')
    const torn: Recording = { ...whole, chunks: text.match(/[\s\S]{1,37}/g)!.map((chunk, i) => [i, chunk]) }
    const { generator } = await ollamaThatPlays({ recording: torn })
    expect(await collect(generator)).toHaveLength(49)
  })
})

describe('fails with', () => {
  test('what to pull when the model is missing', async () => {
    const { generator } = await ollamaThatPlays({ recording: recording('chat-missing-model') }, 'nope')
    const error = await failure(collect(generator))
    expect(error.message).toContain('`ollama pull nope`')
    expect(error.retryable).toBe(false)
  })

  test('the error that comes inside a stream with status 200', async () => {
    const { chunks, ...rest } = recording('chat-stream')
    const { generator } = await ollamaThatPlays({
      recording: { ...rest, chunks: [...chunks.slice(0, 3), [120, '{"error":"llama runner process no longer running"}\n']] },
    })
    const error = await failure(collect(generator))
    expect(error.message).toContain('llama runner process no longer running')
  })

  test('a retryable error when the connection dies in the middle', async () => {
    const { generator } = await ollamaThatPlays({ recording: recording('chat-stream'), dieAfter: 5 })
    const pieces: GeneratorOutput[] = []
    const error = await failure(
      (async () => {
        for await (const output of generator.generate(request, { signal: new AbortController().signal })) pieces.push(output)
      })(),
    )
    expect(error).toMatchObject({ retryable: true, message: expect.stringContaining('ended early') })
    expect(textOf(pieces)).toBe("You can't get your")
  })

  test('a retryable error when the stream closes without an end', async () => {
    const { chunks, ...rest } = recording('chat-stream')
    const { generator } = await ollamaThatPlays({ recording: { ...rest, chunks: chunks.slice(0, 5) } })
    expect(await failure(collect(generator))).toMatchObject({ retryable: true, message: expect.stringContaining('ended early') })
  })

  test('a retryable error when nobody listens', async () => {
    const { server, generator } = await ollamaThatPlays({ recording: recording('chat-stream') })
    await server.close()
    const error = await failure(collect(generator))
    expect(error.retryable).toBe(true)
    expect(error.message).toContain(`is it running at ${server.host}?`)
  })

  test('a retryable error when the server is in trouble, and a final one when the request is bad', async () => {
    const { server, generator } = await ollamaThatPlays({
      recording: { status: 503, headers: { 'Content-Type': 'application/json' }, chunks: [[0, '{"error":"server busy"}']] },
    })
    expect(await failure(collect(generator))).toMatchObject({ retryable: true, message: expect.stringContaining('server busy') })
    server.routes['POST /api/chat'] = { recording: recording('chat-bad-json') }
    expect(await failure(collect(generator))).toMatchObject({ retryable: false, message: expect.stringContaining('unexpected EOF') })
  })
})

describe('stopping', () => {
  test('closes the connection at once, and only its own', async () => {
    const { server, generator } = await ollamaThatPlays({ recording: recording('chat-stream'), hangAfter: 3 })
    const stop = new AbortController()
    const other = new AbortController()
    const stopped = collect(generator, stop.signal).catch((error) => error)
    const running = collect(generator, other.signal).catch((error) => error)
    await expect.poll(() => server.openRequests()).toBe(2)
    const stoppedAt = performance.now()
    stop.abort(new Error('stopped by the agent'))
    expect((await stopped).message).toBe('stopped by the agent')
    expect((await Promise.race(server.requests.map(({ closedAt }) => closedAt))) - stoppedAt).toBeLessThan(200)
    expect(server.openRequests()).toBe(1)
    other.abort()
    await running
    await expect.poll(() => server.openRequests()).toBe(0)
  })

  test('happens too when the caller reads no further', async () => {
    const { server, generator } = await ollamaThatPlays({ recording: recording('chat-stream'), hangAfter: 10 })
    for await (const output of generator.generate(request, { signal: new AbortController().signal })) if (output.type === 'text') break
    await expect.poll(() => server.openRequests()).toBe(0)
  })
})

describe('check', () => {
  test('finds the model with and without its tag', async () => {
    const { server } = await ollamaThatPlays({ recording: recording('chat-stream') })
    for (const model of ['smollm2', 'smollm2:latest']) {
      expect(await new OllamaGenerator({ host: server.host, model }).check()).toEqual({
        status: 'ready',
        detail: `${model} on Ollama at ${server.host}`,
      })
    }
  })

  test('says what is missing', async () => {
    const { server } = await ollamaThatPlays({ recording: recording('chat-stream') })
    const missing = await new OllamaGenerator({ host: server.host, model: 'llama3.2' }).check()
    expect(missing).toEqual({ status: 'unavailable', detail: expect.stringContaining('`ollama pull llama3.2`') })
    expect((await new OllamaGenerator({ host: server.host, model: 'smollm2:1b' }).check()).status).toBe('unavailable')
    await server.close()
    expect(await new OllamaGenerator({ host: server.host, model: 'llama3.2' }).check()).toEqual({
      status: 'unavailable',
      detail: expect.stringContaining('is it running'),
    })
  })

  test('gives up soon on a server that hangs', async () => {
    const { server, generator } = await ollamaThatPlays({ recording: recording('chat-stream') })
    server.routes['GET /api/tags'] = { recording: recording('tags'), hangAfter: 0 }
    const started = performance.now()
    expect(await generator.check()).toMatchObject({ status: 'unavailable', detail: expect.stringContaining('1500 ms') })
    expect(performance.now() - started).toBeLessThan(2_500)
  })
})
