import { afterEach, expect, test } from 'vitest'
import { type Recording, type Replay, recording, startReplayOllama } from '../../test/support/replay-ollama.ts'
import { readConfig } from '../config.ts'
import { createMetrics } from '../lib/metrics.ts'
import { type GenerationRequest, GeneratorError, type GeneratorOutput } from './generator.ts'
import { createGenerators } from './generators.ts'

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

/** The generator as the server makes it, with the limits on it. */
async function generatorThatPlays(replay: Replay, environment: Record<string, string> = {}) {
  const server = await startReplayOllama({ 'POST /api/chat': replay })
  close = server.close
  const lines: string[] = []
  const write = (_fields: unknown, line?: string) => void lines.push(line ?? '')
  const config = readConfig({ GENERATOR: 'ollama', OLLAMA_HOST: server.host, OLLAMA_MODEL: 'smollm2', ...environment })
  return {
    server,
    lines,
    generator: createGenerators({ config, embedder: null, logger: { info: write, warn: write }, metrics: createMetrics() }).current(),
  }
}

function ndjson(...lines: object[]): Recording {
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, chunks: lines.map((line) => [0, `${JSON.stringify(line)}\n`]) }
}
const piece = (content: string) => ({ model: 'smollm2', message: { role: 'assistant', content }, done: false })
const end = (counts: object) => ({ model: 'smollm2', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', ...counts })

test('a model that pauses for too long in its answer fails, and stops computing', async () => {
  const { server, generator } = await generatorThatPlays({ recording: recording('chat-stream'), hangAfter: 5 }, { IDLE_TOKEN_TIMEOUT_MS: '100' })
  const outputs: GeneratorOutput[] = []
  const error = await (async () => {
    for await (const output of generator.generate(request, { signal: new AbortController().signal })) outputs.push(output)
  })().catch((error: unknown) => error)
  expect(error).toBeInstanceOf(GeneratorError)
  expect(error).toMatchObject({ retryable: true, message: expect.stringContaining('IDLE_TOKEN_TIMEOUT_MS') })
  expect(outputs.length).toBeGreaterThan(0)
  await server.requests[0]!.closedAt
})

test('a reader that is slow does not make the model late', async () => {
  const answer = ndjson(piece('Hello'), end({}))
  // The model needs longer than it may, but of that the reader was busy for more than it needs.
  answer.chunks[1]![0] = 1_300
  const { generator } = await generatorThatPlays({ recording: answer, pace: 1 }, { IDLE_TOKEN_TIMEOUT_MS: '1000' })
  const outputs: GeneratorOutput[] = []
  for await (const output of generator.generate(request, { signal: new AbortController().signal })) {
    if (outputs.length === 0) await new Promise((resolve) => setTimeout(resolve, 1_200))
    outputs.push(output)
  }
  expect(outputs.at(-1)!.type).toBe('end')
})

test('who stops it hears the own reason', async () => {
  const { generator } = await generatorThatPlays({ recording: recording('chat-stream'), hangAfter: 5 })
  const stop = new AbortController()
  const answer = (async () => {
    for await (const _ of generator.generate(request, { signal: stop.signal })) stop.abort(new Error('no longer wanted'))
  })()
  await expect(answer).rejects.toThrow('no longer wanted')
})

test('an answer without end ends after 20,000 characters, says so, and stops the model', async () => {
  const pieces = Array.from({ length: 50 }, () => piece('🎉'.repeat(500)))
  const { server, generator, lines } = await generatorThatPlays({ recording: ndjson(piece('x'), ...pieces), hangAfter: 45 })
  let text = ''
  let last: GeneratorOutput | undefined
  for await (const output of generator.generate(request, { signal: new AbortController().signal })) {
    if (output.type === 'text') text += output.text
    last = output
  }
  expect(text).toHaveLength(20_000)
  expect(text.isWellFormed()).toBe(true)
  expect(last).toEqual({ type: 'end', usage: { promptTokens: null, completionTokens: null, cutOff: true } })
  expect(lines).toEqual(['an answer was ended after 20000 characters'])
  await server.requests[0]!.closedAt
})

test.each([
  [{ prompt_eval_count: 75, eval_count: 0 }, 75, 0],
  [{ prompt_eval_count: -1, eval_count: 1.5 }, null, null],
  [{ prompt_eval_count: 2_147_483_648, eval_count: 'many' }, null, null],
  [{ prompt_eval_count: 2_147_483_647 }, 2_147_483_647, null],
])('of the counts %j, only those are taken that are counts', async (counts, promptTokens, completionTokens) => {
  const { generator } = await generatorThatPlays({ recording: ndjson(piece('Hello'), end(counts)) })
  const outputs: GeneratorOutput[] = []
  for await (const output of generator.generate(request, { signal: new AbortController().signal })) outputs.push(output)
  expect(outputs.at(-1)).toEqual({ type: 'end', usage: { promptTokens, completionTokens, cutOff: false } })
})
