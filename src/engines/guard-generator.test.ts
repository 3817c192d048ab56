import { afterEach, describe, expect, test } from 'vitest'
import { type Chat, type SlowOllama, startReplay } from '../../test/support/slow-ollama.ts'
import { createMetrics, type Metrics } from '../lib/metrics.ts'
import { type GenerationRequest, type Generator, GeneratorError, type GeneratorOutput } from './generator.ts'
import { type GuardedGenerator, type GuardSettings, guardGenerator } from './guard-generator.ts'
import { limitGenerator } from './limit-generator.ts'
import { OllamaGenerator } from './ollama-generator.ts'

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

let ollama: SlowOllama
afterEach(() => ollama.close())

async function guarded(settings: Partial<GuardSettings> = {}, pace = { pieces: 4, pauseMs: 2 }) {
  ollama = await startReplay(pace)
  const lines: string[] = []
  const write = (_fields: unknown, line?: string) => void lines.push(line ?? '')
  const logger = { info: write, warn: write }
  const metrics = createMetrics()
  const generator: Generator = limitGenerator(new OllamaGenerator({ host: ollama.url, model: 'scripted' }), { idleMs: 200, logger })
  const all = { concurrency: 4, firstTokenMs: 5_000, retries: 2, failuresToOpen: 100, openMs: 60_000, ...settings }
  return { generator: guardGenerator(generator, all, { logger, metrics }), lines, metrics }
}

async function ask(
  generator: Generator,
  signal = new AbortController().signal,
): Promise<{ text: string; outputs: GeneratorOutput[]; error: unknown }> {
  const outputs: GeneratorOutput[] = []
  let error: unknown = null
  try {
    for await (const output of generator.generate(request, { signal })) outputs.push(output)
  } catch (caught) {
    error = caught
  }
  return { text: outputs.map((output) => (output.type === 'text' ? output.text : '')).join(''), outputs, error }
}

const value = async (metrics: Metrics, name: string) => (await metrics.registry.getSingleMetric(name)!.get()).values[0]?.value
const whole = 'word 0 word 1 word 2 word 3 '

describe('before the first word', () => {
  test.each<[string, Chat]>([
    ['has an inner error', { goes: 'refused', status: 500, error: 'llama runner process has terminated' }],
    ['is busy', { goes: 'refused', status: 503, error: 'server busy' }],
    ['closes the connection', { goes: 'unanswered' }],
    ['says what is wrong inside its stream', { goes: 'wrong', after: 0, error: 'out of memory' }],
    ['ends its stream', { goes: 'unfinished', after: 0 }],
    ['dies', { goes: 'dead', after: 0 }],
    ['sends what is no JSON', { goes: 'garbled', after: 0 }],
  ])('a server that %s is asked again, and the answer is whole', async (_what, chat) => {
    const { generator, metrics } = await guarded()
    ollama.next(chat, chat)
    expect(await ask(generator)).toMatchObject({ text: whole, error: null })
    expect(ollama.bodies).toHaveLength(3)
    expect(await value(metrics, 'understudy_generator_retries_total')).toBe(2)
  })

  test('it is asked again so often, and not oftener', async () => {
    const { generator } = await guarded({ retries: 1 })
    ollama.always({ goes: 'refused', status: 500, error: 'broken' })
    expect((await ask(generator)).error).toMatchObject({ code: 'GENERATOR_UNAVAILABLE', retryable: true, message: expect.stringContaining('broken') })
    expect(ollama.bodies).toHaveLength(2)
  })

  test.each<[string, Chat]>([
    ['a missing model', { goes: 'refused', status: 404, error: 'model "scripted" not found' }],
    ['a bad request', { goes: 'refused', status: 400, error: 'invalid options' }],
  ])('it is not asked again for %s', async (_what, chat) => {
    const { generator } = await guarded({ failuresToOpen: 1 })
    ollama.always(chat)
    expect((await ask(generator)).error).toMatchObject({ retryable: false })
    expect(ollama.bodies).toHaveLength(1)
    expect(generator.circuit()).toBe('closed')
  })

  test.each<[string, Chat]>([
    ['sends no headers', { goes: 'silent' }],
    ['sends headers and no word', { goes: 'hanging', after: 0 }],
  ])('a server that %s is left at the deadline, and stops computing', async (_what, chat) => {
    const { generator } = await guarded({ firstTokenMs: 150 })
    ollama.always(chat)
    const startedAt = performance.now()
    expect((await ask(generator)).error).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      message: expect.stringContaining('FIRST_TOKEN_TIMEOUT_MS'),
    })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140)
    expect(ollama.bodies).toHaveLength(1)
    await expect.poll(() => ollama.openChats()).toBe(0)
  })

  test('the deadline holds for all tries together', async () => {
    const { generator } = await guarded({ firstTokenMs: 400, retries: 5 })
    ollama.next({ goes: 'unanswered' })
    ollama.always({ goes: 'silent' })
    const startedAt = performance.now()
    expect((await ask(generator)).error).toMatchObject({ code: 'TIMEOUT' })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(390)
    expect(ollama.bodies.length).toBeLessThanOrEqual(2)
  })

  test('a pause between two tries ends with the draft', async () => {
    const { generator } = await guarded({ retries: 5 })
    ollama.always({ goes: 'unanswered' })
    const stop = new AbortController()
    const asking = ask(generator, stop.signal)
    await expect.poll(() => ollama.bodies.length).toBeGreaterThan(0)
    stop.abort(new Error('stopped by the agent'))
    expect((await asking).error).toMatchObject({ message: 'stopped by the agent' })
  })
})

describe('after the first word', () => {
  test.each<[string, Chat, string]>([
    ['dies', { goes: 'dead', after: 2 }, 'GENERATOR_UNAVAILABLE'],
    ['ends its stream', { goes: 'unfinished', after: 2 }, 'GENERATOR_UNAVAILABLE'],
    ['says what is wrong', { goes: 'wrong', after: 2, error: 'out of memory' }, 'GENERATOR_UNAVAILABLE'],
    ['sends what is no JSON', { goes: 'garbled', after: 2 }, 'GENERATOR_UNAVAILABLE'],
    ['hangs', { goes: 'hanging', after: 2 }, 'TIMEOUT'],
  ])('a server that %s is not asked again', async (_what, chat, code) => {
    const { generator } = await guarded()
    ollama.always(chat)
    expect(await ask(generator)).toMatchObject({ text: 'word 0 word 1 ', error: { code, retryable: true } })
    expect(ollama.bodies).toHaveLength(1)
  })
})

describe('answers at once', () => {
  test('are as many as may be, and the others come in their turn', async () => {
    const { generator } = await guarded({ concurrency: 2 }, { pieces: 4, pauseMs: 20 })
    const answers = await Promise.all(Array.from({ length: 7 }, () => ask(generator)))
    expect(answers.every(({ text }) => text === whole)).toBe(true)
    expect(ollama.mostOpenChats()).toBe(2)
  })

  test('wait no longer than their drafts, and leave their place to the next', async () => {
    const { generator } = await guarded({ concurrency: 1 })
    ollama.next({ goes: 'hanging', after: 0 })
    const stop = new AbortController()
    const first = ask(generator, stop.signal)
    await expect.poll(() => ollama.openChats()).toBe(1)
    const impatient = new AbortController()
    const second = ask(generator, impatient.signal)
    const third = ask(generator)
    impatient.abort(new Error('taken away'))
    expect((await second).error).toMatchObject({ message: 'taken away' })
    stop.abort(new Error('stopped'))
    await first
    expect((await third).text).toBe(whole)
    expect(ollama.bodies).toHaveLength(2)
  })
})

describe('the circuit', () => {
  const broken: Chat = { goes: 'refused', status: 500, error: 'broken' }
  async function openCircuit(settings: Partial<GuardSettings> = {}): Promise<{ generator: GuardedGenerator; lines: string[]; metrics: Metrics }> {
    const made = await guarded({ retries: 0, failuresToOpen: 3, ...settings })
    ollama.always(broken)
    for (let failure = 0; failure < 3; failure++) await ask(made.generator)
    expect(made.generator.circuit()).toBe('open')
    return made
  }

  test('opens after so many failures in a row, and then nothing is asked nor waited for', async () => {
    const { generator, lines, metrics } = await openCircuit()
    expect(await value(metrics, 'understudy_generator_circuit')).toBe(2)
    const { error } = await ask(generator)
    expect(error).toBeInstanceOf(GeneratorError)
    expect(error).toMatchObject({ code: 'GENERATOR_UNAVAILABLE', retryable: true, message: expect.stringContaining('3 times in a row') })
    expect(ollama.bodies).toHaveLength(3)
    expect(lines.filter((line) => line.includes('not asked for now'))).toHaveLength(1)
  })

  test('stays closed when an answer between goes well', async () => {
    const { generator } = await guarded({ retries: 0, failuresToOpen: 2 })
    for (const chat of [broken, { goes: 'well' } as Chat, broken]) {
      ollama.next(chat)
      await ask(generator)
    }
    expect(generator.circuit()).toBe('closed')
  })

  test('opens for answers that end badly, too', async () => {
    const { generator } = await guarded({ failuresToOpen: 2 })
    ollama.always({ goes: 'dead', after: 1 })
    for (let failure = 0; failure < 2; failure++) await ask(generator)
    expect(generator.circuit()).toBe('open')
  })

  test('does not count what was stopped', async () => {
    const { generator } = await guarded({ failuresToOpen: 1 })
    ollama.always({ goes: 'hanging', after: 1 })
    const stop = new AbortController()
    const asking = ask(generator, stop.signal)
    await expect.poll(() => ollama.openChats()).toBe(1)
    stop.abort(new Error('stopped'))
    await asking
    expect(generator.circuit()).toBe('closed')
  })

  test('lets one through after its time; its first word closes it for all', async () => {
    const { generator, lines, metrics } = await openCircuit({ openMs: 100 })
    ollama.always({ goes: 'well' })
    ollama.next({ goes: 'hanging', after: 1 })
    const stop = new AbortController()
    const trial = async () => {
      for await (const output of generator.generate(request, { signal: stop.signal })) if (output.type === 'text') return output.text
      return null
    }
    await expect.poll(async () => trial().catch(() => null)).toBe('word 0 ')
    expect(generator.circuit()).toBe('closed')
    expect(await ask(generator)).toMatchObject({ text: whole, error: null })
    expect(await value(metrics, 'understudy_generator_circuit')).toBe(0)
    expect(lines.at(-1)).toContain('answers again')
  })

  test('refuses the others at once while one tries, and opens again when that one fails', async () => {
    const { generator } = await openCircuit({ openMs: 100, firstTokenMs: 1_000 })
    ollama.always({ goes: 'silent' })
    const trials: ReturnType<typeof ask>[] = []
    await expect
      .poll(() => {
        trials.push(ask(generator))
        return generator.circuit()
      })
      .toBe('half-open')
    await expect.poll(() => ollama.openChats()).toBe(1)
    const startedAt = performance.now()
    expect((await ask(generator)).error).toBeInstanceOf(GeneratorError)
    expect(performance.now() - startedAt).toBeLessThan(100)
    expect(ollama.bodies).toHaveLength(4)
    const errors = (await Promise.all(trials)).map(({ error }) => (error as GeneratorError).code)
    expect(errors.filter((code) => code === 'TIMEOUT')).toHaveLength(1)
    expect(generator.circuit()).toBe('open')
  })

  test('stays open when the trial is stopped', async () => {
    const { generator } = await openCircuit({ openMs: 100 })
    ollama.always({ goes: 'silent' })
    const stop = new AbortController()
    await expect
      .poll(() => {
        void ask(generator, stop.signal)
        return generator.circuit()
      })
      .toBe('half-open')
    await expect.poll(() => ollama.openChats()).toBe(1)
    stop.abort(new Error('stopped'))
    await expect.poll(() => generator.circuit()).toBe('open')
  })
})
