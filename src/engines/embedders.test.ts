import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { writeTinyEmbedder } from '../../test/support/tiny-models.ts'
import { readConfig } from '../config.ts'
import { dimensionsOf, EmbedderUnavailableError } from './embedder.ts'
import { createEmbedders, type Embedders } from './embedders.ts'
import { minilm, shippedModelsDir } from './shipped-minilm.ts'

const modelsDir = mkdtempSync(join(tmpdir(), 'understudy-models-'))
const closers: (() => Promise<unknown>)[] = []
beforeAll(() => {
  writeTinyEmbedder(modelsDir, 'tiny/one', { dimensions: 64 })
  writeTinyEmbedder(modelsDir, 'tiny/two', { dimensions: 32 })
})
afterAll(async () => {
  for (const close of closers) await close()
  rmSync(modelsDir, { recursive: true })
})

function embeddersWith(environment: Record<string, string>, folder = modelsDir): Embedders {
  const embedders = createEmbedders({ config: readConfig(environment), modelsDir: folder, logger: { warn: () => {} } })
  closers.push(() => embedders.close())
  return embedders
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

test('the configured model and another one compute in the same thread, each in its own space', async () => {
  const post = vi.spyOn(Worker.prototype, 'postMessage')
  const embedders = embeddersWith({ EMBEDDING_MODEL: 'tiny/one' })
  const one = embedders.configured!
  const two = embedders.byModel('tiny/two:fp32')!
  expect([one.model, one.dimensions, two.model, two.dimensions]).toEqual(['tiny/one:fp32', 64, 'tiny/two:fp32', 32])
  for (const embedder of [one, two]) {
    const [question, near, far] = await embedder.embed(['refund for a return', 'return a parcel for a refund', 'how to wash a down jacket'])
    expect(question).toHaveLength(await dimensionsOf(embedder))
    expect(cosine(question!, question!)).toBeCloseTo(1, 5)
    expect(cosine(question!, near!)).toBeGreaterThan(cosine(question!, far!) + 0.3)
  }
  expect(new Set(post.mock.contexts).size).toBe(1)
  post.mockRestore()
})

test('a model is the same object each time, also the configured one', () => {
  const embedders = embeddersWith({ EMBEDDING_MODEL: 'tiny/one' })
  expect(embedders.byModel('tiny/one:fp32')).toBe(embedders.configured)
  expect(embedders.byModel('tiny/two:fp32')).toBe(embedders.byModel('tiny/two:fp32'))
})

test.each([
  'tiny/one:q8',
  'tiny/three:fp32',
  'tiny/one',
  '',
  '../models/tiny/one:fp32',
  'tiny/../tiny/one:fp32',
  '/etc:q8',
  'openai:',
  'openai:other',
])('there is no model %j here', (name) => {
  expect(embeddersWith({ EMBEDDING_MODEL: 'tiny/one' }).byModel(name)).toBeNull()
})

test('EMBEDDER=none has no model at all', () => {
  const embedders = embeddersWith({ EMBEDDER: 'none' })
  expect(embedders.configured).toBeNull()
  expect(embedders.byModel('tiny/one:fp32')).toBeNull()
})

test('the shipped model is the default, and openai keeps the local ones', () => {
  expect(embeddersWith({}, shippedModelsDir).configured).toMatchObject({ model: 'Xenova/all-MiniLM-L6-v2:q8', dimensions: minilm.dimensions })
  const embedders = embeddersWith({ EMBEDDER: 'openai', EMBEDDING_MODEL: 'nomic', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })
  expect(embedders.configured).toMatchObject({ model: 'openai:nomic', dimensions: null })
  expect(embedders.byModel('tiny/one:fp32')?.model).toBe('tiny/one:fp32')
  expect(embedders.byModel('openai:other')?.model).toBe('openai:other')
})

test('a configured model whose folder is missing says so, and works once it is there', async () => {
  const embedder = embeddersWith({ EMBEDDING_MODEL: 'tiny/late' }).configured!
  expect(embedder.dimensions).toBeNull()
  await expect(embedder.embed(['x'])).rejects.toThrow(/tiny\/late\/onnx\/model_quantized\.onnx is missing/)
  expect(embedder.state().status).toBe('unavailable')
})

test('a damaged tokenizer makes the embedder unavailable, and restoring it repairs the embedder', async () => {
  writeTinyEmbedder(modelsDir, 'tiny/damaged', { dimensions: 16 })
  for (const damage of ['{"model":', '{}', '{"model":{"type":"WordPiece","vocab":{}},"added_tokens":[]}']) {
    writeFileSync(join(modelsDir, 'tiny/damaged/tokenizer.json'), damage)
    const embedder = embeddersWith({ EMBEDDING_MODEL: 'tiny/damaged' }).configured!
    const error = await embedder.embed(['refund']).catch((error: unknown) => error)
    expect(error, damage).toBeInstanceOf(EmbedderUnavailableError)
    writeTinyEmbedder(modelsDir, 'tiny/damaged', { dimensions: 16 })
    expect(await embedder.embed(['refund'])).toHaveLength(1)
    expect(embedder.state()).toEqual({ status: 'ready', detail: 'tiny/damaged:fp32' })
  }
})

test('a model that contradicts its description is not used', async () => {
  writeTinyEmbedder(modelsDir, 'tiny/liar', { dimensions: 16 })
  writeFileSync(join(modelsDir, 'tiny/liar/config.json'), '{"model_type":"bert","hidden_size":32}')
  await expect(embeddersWith({ EMBEDDING_MODEL: 'tiny/liar' }).configured!.embed(['x'])).rejects.toThrow(/16 dimensions, and its config.json says 32/)
})
