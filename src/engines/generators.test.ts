import { afterEach, expect, test } from 'vitest'
import { recording, startReplayOllama } from '../../test/support/replay-ollama.ts'
import { readConfig } from '../config.ts'
import { createMetrics } from '../lib/metrics.ts'
import { createGenerators, type Generators } from './generators.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const routes = () => ({ 'GET /api/tags': { recording: recording('tags') } })

function generatorsWith(environment: Record<string, string>, lookAgainMs = 20): { generators: Generators; lines: string[] } {
  const lines: string[] = []
  const write = (_fields: unknown, line?: string) => void lines.push(line ?? '')
  const generators = createGenerators({
    config: readConfig(environment),
    embedder: null,
    logger: { info: write, warn: write },
    metrics: createMetrics(),
    lookAgainMs,
  })
  closers.push(() => generators.close())
  return { generators, lines }
}

test('auto takes Ollama when it comes and leaves it when it goes, and logs only the changes', async () => {
  const first = await startReplayOllama(routes())
  await first.close()
  const { generators, lines } = generatorsWith({ OLLAMA_HOST: first.host, OLLAMA_MODEL: 'smollm2' })
  expect(generators.current().kind).toBe('EXTRACTIVE')

  await generators.start()
  expect(generators.current().kind).toBe('EXTRACTIVE')
  expect(generators.fallback()).toBeNull()
  expect(generators.state()).toMatchObject({ kind: 'EXTRACTIVE', status: 'ready', detail: expect.stringContaining('is it running at') })
  expect(lines).toHaveLength(1)

  const second = await startReplayOllama(routes(), { port: first.port })
  await expect.poll(() => generators.current().kind).toBe('OLLAMA')
  expect(generators.fallback()?.kind).toBe('EXTRACTIVE')
  expect(generators.state()).toEqual({
    kind: 'OLLAMA',
    model: 'smollm2',
    status: 'ready',
    detail: `smollm2 on Ollama at ${first.host}`,
    circuit: 'closed',
  })

  await second.close()
  await expect.poll(() => generators.current().kind).toBe('EXTRACTIVE')
  await generators.refresh()
  expect(lines).toHaveLength(3)
})

test('auto says which model is missing', async () => {
  const server = await startReplayOllama(routes())
  closers.push(server.close)
  const { generators, lines } = generatorsWith({ OLLAMA_HOST: server.host })
  await generators.start()
  expect(generators.current().kind).toBe('EXTRACTIVE')
  expect(lines[0]).toContain('`ollama pull llama3.2`')
})

test('start waits no longer than two seconds for a server that hangs', async () => {
  const server = await startReplayOllama({ 'GET /api/tags': { recording: recording('tags'), hangAfter: 0 } })
  closers.push(server.close)
  const { generators } = generatorsWith({ OLLAMA_HOST: server.host })
  const started = performance.now()
  await generators.start()
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a generator that was asked for by name stays, away or not', async () => {
  const { generators, lines } = generatorsWith({ GENERATOR: 'ollama', OLLAMA_HOST: '127.0.0.1:1' })
  await generators.start()
  expect(generators.current().kind).toBe('OLLAMA')
  expect(generators.fallback()).toBeNull()
  expect(generators.state().status).toBe('unavailable')
  expect(lines).toEqual([expect.stringContaining('Drafts cannot be written')])
  expect(generatorsWith({ GENERATOR: 'extractive' }).generators.current().kind).toBe('EXTRACTIVE')
  expect(generatorsWith({ GENERATOR: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODEL: 'm' }).generators.state()).toMatchObject({
    kind: 'OPENAI',
    model: 'm',
    status: 'idle',
  })
})

test.each([
  ['0.0.0.0:11434', 'http://127.0.0.1:11434'],
  ['localhost:11434', 'http://localhost:11434'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['https://ollama.example', 'https://ollama.example'],
])('OLLAMA_HOST may be %s', (given, expected) => {
  expect(readConfig({ OLLAMA_HOST: given }).OLLAMA_HOST).toBe(expected)
})
