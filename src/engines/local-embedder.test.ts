import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { EmbedderUnavailableError } from './embedder.ts'
import { LocalEmbedder } from './local-embedder.ts'
import { modelFile as pathOf } from './model-files.ts'
import { minilm } from './shipped-minilm.ts'

const modelsDir = resolve(import.meta.dirname, '../../models')
const modelFile = (modelsDir: string, name: string) => pathOf({ modelsDir, folder: minilm.name }, name)
const embedder = new LocalEmbedder({ modelsDir })
afterAll(() => embedder.close())

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

describe('vectors', () => {
  test('is idle until the first text and ready afterwards', async () => {
    expect(embedder.state().status).toBe('idle')
    await embedder.embed(['Hello'])
    expect(embedder.state()).toEqual({ status: 'ready', detail: 'Xenova/all-MiniLM-L6-v2:q8' })
  })

  test('puts a question near the article that answers it, as the original weights do', async () => {
    const [question, title, other] = await embedder.embed(['How do I get my money back?', 'Return & Refund Policy', 'How to wash a down jacket'])
    expect(Math.abs(cosine(question!, title!) - 0.51)).toBeLessThan(0.02)
    expect(cosine(question!, other!)).toBeLessThan(0.3)
  })

  test('are normalised, of 384 dimensions, and in the order of the texts', async () => {
    const texts = ['short', 'a rather longer sentence about a parcel that has not arrived yet', 'short', '']
    const vectors = await embedder.embed(texts)
    expect(vectors).toHaveLength(4)
    for (const vector of vectors) {
      expect(vector).toHaveLength(384)
      expect(cosine(vector, vector)).toBeCloseTo(1, 5)
    }
    expect(vectors[0]).toEqual(vectors[2])
    const [alone] = await embedder.embed([texts[1]!])
    expect(cosine(vectors[1]!, alone!)).toBeGreaterThan(0.999)
  })

  test('of nothing are nothing', async () => {
    expect(await embedder.embed([])).toEqual([])
  })

  test('of 10,000 words are those of their beginning', async () => {
    const long = 'the parcel is late again '.repeat(2_000)
    const [whole, beginning] = await embedder.embed([long, long.slice(0, 5_000)])
    expect(cosine(whole!, beginning!)).toBeGreaterThan(0.999)
  })
})

test('answers a text it has seen from memory, and hands out copies', async () => {
  const [first] = await embedder.embed(['seen before'])
  first!.fill(0)
  const posted = vi.spyOn(Worker.prototype, 'postMessage')
  const [second] = await embedder.embed(['seen before'])
  expect(posted).not.toHaveBeenCalled()
  expect(cosine(second!, second!)).toBeCloseTo(1, 5)
})

test('lets a query overtake bulk work', async () => {
  const order: string[] = []
  const bulk = embedder
    .embed(
      Array.from({ length: 120 }, (_, i) => `paragraph ${i} ${'about tents and stoves '.repeat(10)}`),
      { priority: 'bulk' },
    )
    .then(() => order.push('bulk'))
  const query = embedder.embed(['Where is my parcel?'], { priority: 'query' }).then(() => order.push('query'))
  await Promise.all([bulk, query])
  expect(order).toEqual(['query', 'bulk'])
})

test('rejects with the reason of the signal and goes on with the others', async () => {
  const stop = new AbortController()
  const texts = Array.from({ length: 100 }, (_, i) => `aborted ${i}`)
  const aborted = embedder.embed(texts, { priority: 'bulk', signal: stop.signal })
  const other = embedder.embed(['still wanted'], { priority: 'bulk' })
  stop.abort(new Error('no longer wanted'))
  await expect(aborted).rejects.toThrow('no longer wanted')
  expect(await other).toHaveLength(1)
  await expect(embedder.embed(['late'], { signal: stop.signal })).rejects.toThrow('no longer wanted')
})

test('ends its worker when it is closed, also in the middle of work', async () => {
  const own = new LocalEmbedder({ modelsDir })
  const waiting = own.embed(
    Array.from({ length: 200 }, (_, i) => `text ${i}`),
    { priority: 'bulk' },
  )
  const rejected = expect(waiting).rejects.toThrow(EmbedderUnavailableError)
  await own.embed(['loaded'])
  await own.close()
  await rejected
  expect(own.state().status).toBe('off')
  await expect(own.embed(['late'])).rejects.toThrow(EmbedderUnavailableError)
})

test('starts the worker again after it has crashed', async () => {
  const own = new LocalEmbedder({ modelsDir })
  const post = vi.spyOn(Worker.prototype, 'postMessage')
  const waiting = expect(own.embed(['lost with the worker'])).rejects.toThrow(EmbedderUnavailableError)
  await (post.mock.contexts[0] as Worker).terminate()
  post.mockRestore()
  await waiting
  expect(own.state().status).toBe('idle')
  expect(await own.embed(['lost with the worker'])).toHaveLength(1)
  await own.close()
})

test('leaves a model alone for a while that made the thread stumble, and says why', async () => {
  const own = new LocalEmbedder({ modelsDir, retryAfterMs: 300 })
  const { postMessage } = Worker.prototype
  const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker) {
    postMessage.call(this, { type: 'run', model: null })
  })
  await expect(own.embed(['x'])).rejects.toThrow(/thread of the local models stopped: .*null/)
  post.mockRestore()
  expect(own.state().status).toBe('unavailable')
  await expect(own.embed(['x'])).rejects.toThrow(EmbedderUnavailableError)
  const later = () =>
    own.embed(['x']).then(
      (vectors) => vectors.length,
      () => 0,
    )
  await expect.poll(later).toBe(1)
  expect(own.state().status).toBe('ready')
  await own.close()
})

test('keeps a process alive until the answer is there, and no longer', async () => {
  const script = `
    const { LocalEmbedder } = await import(${JSON.stringify(new URL('./local-embedder.ts', import.meta.url).href)})
    console.log((await new LocalEmbedder({ modelsDir: ${JSON.stringify(modelsDir)} }).embed(['x'])).length)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 })
  expect(stdout.trim()).toBe('1')
})

describe('with a damaged model', () => {
  const copy = mkdtempSync(join(tmpdir(), 'understudy-models-'))
  afterAll(() => rmSync(copy, { recursive: true }))

  test('says which file and what to do, and works again once it is restored', async () => {
    cpSync(modelsDir, copy, { recursive: true })
    const onnx = modelFile(copy, 'onnx/model_quantized.onnx')
    truncateSync(onnx, statSync(onnx).size - 10)
    const own = new LocalEmbedder({ modelsDir: copy })
    const error = await own.embed(['x']).catch((error) => error)
    expect(error).toBeInstanceOf(EmbedderUnavailableError)
    expect(error.message).toContain(onnx)
    expect(error.message).toContain('git checkout models')
    expect(own.state()).toEqual({ status: 'unavailable', detail: error.message })

    const started = performance.now()
    await expect(own.embed(['x'])).rejects.toThrow(onnx)
    expect(performance.now() - started).toBeLessThan(20)

    cpSync(modelFile(modelsDir, 'onnx/model_quantized.onnx'), onnx)
    utimesSync(onnx, new Date(), new Date())
    expect(await own.embed(['x'])).toHaveLength(1)
    expect(own.state().status).toBe('ready')
    await own.close()
  })

  test('names a file that is missing', async () => {
    rmSync(modelFile(copy, 'tokenizer.json'))
    const own = new LocalEmbedder({ modelsDir: copy, retryAfterMs: 0 })
    await expect(own.embed(['x'])).rejects.toThrow(/tokenizer\.json is missing/)
    await expect(own.embed(['x'])).rejects.toThrow(/tokenizer\.json is missing/)
    await own.close()
  })
})
