import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTinyEmbedder, writeTinyReranker } from '../../test/support/tiny-models.ts'
import { CrossEncoder } from './cross-encoder.ts'
import { LocalEmbedder } from './local-embedder.ts'
import { modelInFolder } from './model-files.ts'
import { ModelThread } from './model-thread.ts'
import { RerankerUnavailableError } from './reranker.ts'

const modelsDir = mkdtempSync(join(tmpdir(), 'understudy-models-'))
const thread = new ModelThread()
let reranker: CrossEncoder
beforeAll(() => {
  writeTinyReranker(modelsDir, 'tiny/reranker')
  writeTinyEmbedder(modelsDir, 'tiny/embedder', { dimensions: 64 })
  reranker = new CrossEncoder({ model: modelInFolder(modelsDir, 'tiny/reranker'), thread })
})
afterAll(async () => {
  await thread.close()
  rmSync(modelsDir, { recursive: true })
})

const question = 'How do I return an order for a refund?'

test('scores are from 0 to 1, in the order of the passages, and higher for those that answer', async () => {
  expect(reranker.state()).toEqual({ status: 'idle', detail: 'tiny/reranker:fp32 is loaded when it is first needed' })
  const passages = ['Wash the jacket at 30 degrees', 'You may return an order for a full refund', '', 'A refund takes five days']
  const scores = await reranker.score(question, passages)
  expect(scores).toHaveLength(4)
  for (const score of scores) expect(score).toSatisfy((value: number) => value >= 0 && value <= 1)
  const [other, best, nothing, some] = scores
  expect(best).toBeGreaterThan(some! + 0.1)
  expect(some).toBeGreaterThan(Math.max(other!, nothing!) + 0.05)
  expect(reranker.state()).toEqual({ status: 'ready', detail: 'tiny/reranker:fp32' })
})

test('a score does not depend on the passages beside it', async () => {
  const passages = ['A refund takes five days', 'order '.repeat(500), 'You may return an order for a full refund', ...'abcdefgh']
  const together = await reranker.score(question, passages)
  for (const [index, passage] of passages.entries()) {
    const [alone] = await reranker.score(question, [passage])
    expect(alone).toBeCloseTo(together[index]!, 5)
  }
})

test('a question of a thousand words leaves room for the passage', async () => {
  const [good, bad] = await reranker.score(`refund ${'qwerty '.repeat(1_000)}`, ['A refund', 'A parcel'])
  expect(good).toBeGreaterThan(bad! + 0.1)
})

test('of no passages are no scores', async () => {
  expect(await reranker.score(question, [])).toEqual([])
})

test('ends at the deadline of its caller, and goes on with others', async () => {
  const stop = new AbortController()
  const late = reranker.score(
    question,
    Array.from({ length: 500 }, (_, i) => `passage ${i}`),
    { signal: stop.signal },
  )
  const other = reranker.score(question, ['A refund'])
  stop.abort(new Error('too late'))
  await expect(late).rejects.toThrow('too late')
  expect(await other).toHaveLength(1)
  await expect(reranker.score(question, ['A refund'], { signal: stop.signal })).rejects.toThrow('too late')
})

test('a query to the embedder waits for one batch of passages, not for all', async () => {
  const embedder = new LocalEmbedder({ modelsDir, model: modelInFolder(modelsDir, 'tiny/embedder'), thread })
  await embedder.embed(['loaded'])
  const order: string[] = []
  const passages = Array.from({ length: 400 }, (_, i) => `passage ${i} ${'about refunds '.repeat(40)}`)
  const scores = reranker.score(question, passages).then(() => order.push('scores'))
  const vector = embedder.embed(['Where is my parcel?']).then(() => order.push('vector'))
  await Promise.all([scores, vector])
  expect(order).toEqual(['vector', 'scores'])
})

test('a damaged model says which file, and works again once it is restored', async () => {
  writeTinyReranker(modelsDir, 'tiny/damaged')
  const onnx = join(modelsDir, 'tiny/damaged/onnx/model.onnx')
  truncateSync(onnx, Math.floor(statSync(onnx).size / 2))
  const own = new CrossEncoder({ model: modelInFolder(modelsDir, 'tiny/damaged'), thread })
  const error = await own.score(question, ['A refund']).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(RerankerUnavailableError)
  expect(own.state()).toEqual({ status: 'unavailable', detail: (error as Error).message })
  expect((error as Error).message).toContain(onnx)

  writeTinyReranker(modelsDir, 'tiny/damaged')
  expect(await own.score(question, ['A refund'])).toHaveLength(1)
  await own.close()
  expect(own.state().status).toBe('off')
  await expect(own.score(question, ['A refund'])).rejects.toThrow(RerankerUnavailableError)
})

test('a model that is no reranker says so', async () => {
  const own = new CrossEncoder({ model: modelInFolder(modelsDir, 'tiny/embedder'), thread })
  await expect(own.score(question, ['A refund'])).rejects.toThrow(/no logits/)
})

test('after the thread has been closed it says so instead of waiting', async () => {
  const own = new ModelThread()
  const closed = new CrossEncoder({ model: modelInFolder(modelsDir, 'tiny/reranker'), thread: own })
  await own.close()
  await expect(closed.score(question, ['A refund'])).rejects.toThrow(RerankerUnavailableError)
})
