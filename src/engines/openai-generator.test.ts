import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type GenerationRequest, GeneratorError, type GeneratorOutput } from './generator.ts'
import { OpenaiGenerator } from './openai-generator.ts'

const request: GenerationRequest = {
  messages: [{ role: 'user', content: 'Hello' }],
  question: 'Hello',
  sources: [],
  sufficient: true,
  handOver: false,
  voice: { greeting: 'Hi,', signOff: 'Bye' },
  tone: null,
  parameters: { contextTokens: 2048, maximumTokens: 48, temperature: 0.2 },
}

let close = async () => {}
afterEach(() => close())

async function serverThat(answer: (response: ServerResponse) => void) {
  const requests: { url: string; authorization: string | undefined; body: string; closed: Promise<void> }[] = []
  const server = createServer(async (request, response) => {
    const closed = new Promise<void>((resolve) => response.on('close', resolve))
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ url: request.url!, authorization: request.headers.authorization, body, closed })
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = async () => {
    server.closeAllConnections()
    server.close()
  }
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return { requests, generator: new OpenaiGenerator({ baseUrl, apiKey: 'secret', model: 'llama-3' }) }
}

const delta = (content: string, finishReason: string | null = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason: finishReason }] })
const usage = { choices: [], usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 } }

function stream(response: ServerResponse, events: object[], { end = true } = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`)
  if (end) response.end('data: [DONE]\n\n')
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message: 'no luck' } }))
}

async function collect(generator: OpenaiGenerator, signal = new AbortController().signal): Promise<GeneratorOutput[]> {
  const outputs: GeneratorOutput[] = []
  for await (const output of generator.generate(request, { signal })) outputs.push(output)
  return outputs
}

test('streams the answer with its counts', async () => {
  const { requests, generator } = await serverThat((response) => stream(response, [delta('Hel'), delta('lo', 'stop'), usage]))
  expect(await collect(generator)).toEqual([
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
    { type: 'end', usage: { promptTokens: 12, completionTokens: 3, cutOff: false } },
  ])
  expect(requests[0]).toMatchObject({ url: '/v1/chat/completions', authorization: 'Bearer secret' })
  expect(JSON.parse(requests[0]!.body)).toMatchObject({
    model: 'llama-3',
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 48,
    temperature: 0.2,
  })
})

test('tells that the answer was cut off, and does without counts', async () => {
  const { generator } = await serverThat((response) => stream(response, [delta('Hel', 'length')]))
  expect((await collect(generator)).at(-1)).toEqual({ type: 'end', usage: { promptTokens: null, completionTokens: null, cutOff: true } })
})

describe('errors', () => {
  test.each([
    [401, false, 'OPENAI_API_KEY'],
    [404, false, 'does not know the model llama-3'],
    [400, false, 'no luck'],
    [429, true, 'no luck'],
    [503, true, 'no luck'],
  ])('status %i: retryable %s', async (status, retryable, message) => {
    const { requests, generator } = await serverThat((response) => refuse(response, status))
    const error = await collect(generator).catch((error) => error)
    expect(error).toBeInstanceOf(GeneratorError)
    expect(error).toMatchObject({ retryable, message: expect.stringContaining(message) })
    expect(requests).toHaveLength(1)
  })

  test('a connection that dies in the middle, or ends without a reason, ended early', async () => {
    const { generator } = await serverThat((response) => {
      stream(response, [delta('Hel')], { end: false })
      setTimeout(() => response.destroy(), 20)
    })
    expect(await collect(generator).catch((error) => error)).toMatchObject({
      name: 'GeneratorError',
      retryable: true,
      message: expect.stringContaining('ended early'),
    })
    await close()
    const quiet = await serverThat((response) => stream(response, [delta('Hel')]))
    expect(await collect(quiet.generator).catch((error) => error)).toMatchObject({
      name: 'GeneratorError',
      retryable: true,
      message: expect.stringContaining('ended early'),
    })
  })

  test('an error inside the stream is passed on', async () => {
    const { generator } = await serverThat((response) => stream(response, [delta('Hel'), { error: { message: 'out of memory' } }]))
    expect(await collect(generator).catch((error) => error)).toMatchObject({
      name: 'GeneratorError',
      retryable: true,
      message: expect.stringContaining('out of memory'),
    })
  })

  test('nobody listens', async () => {
    const generator = new OpenaiGenerator({ baseUrl: 'http://127.0.0.1:1/v1', model: 'x' })
    expect(await collect(generator).catch((error) => error)).toMatchObject({
      name: 'GeneratorError',
      retryable: true,
      message: expect.stringContaining('is it running'),
    })
    expect((await generator.check()).status).toBe('unavailable')
  })
})

test('closes the connection when it is stopped', async () => {
  const { requests, generator } = await serverThat((response) => stream(response, [delta('Hel')], { end: false }))
  const stop = new AbortController()
  const stopped = collect(generator, stop.signal).catch((error) => error)
  await expect.poll(() => requests.length).toBe(1)
  stop.abort(new Error('stopped by the agent'))
  expect((await stopped).message).toBe('stopped by the agent')
  await requests[0]!.closed
})

test('check knows whether the model is listed', async () => {
  const listing = (id: string) => (response: ServerResponse) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ object: 'list', data: [{ id }] }))
  const with_ = await serverThat(listing('llama-3'))
  expect((await with_.generator.check()).status).toBe('ready')
  await close()
  const without = await serverThat(listing('other'))
  expect(await without.generator.check()).toMatchObject({ status: 'unavailable', detail: expect.stringContaining('llama-3') })
  await close()
  const silent = await serverThat((response) => refuse(response, 404))
  expect((await silent.generator.check()).status).toBe('ready')
})
