import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddingServer } from '../../test/support/embedding-server.ts'
import { dimensionsOf, EmbedderUnavailableError } from './embedder.ts'
import { OpenaiEmbedder } from './openai-embedder.ts'

let server: Awaited<ReturnType<typeof startEmbeddingServer>>
let embedder: OpenaiEmbedder
beforeEach(async () => {
  server = await startEmbeddingServer()
  embedder = embedderWith({})
})
afterEach(async () => {
  await embedder.close()
  await server.close()
})

function embedderWith(options: { retryAfterMs?: number; timeoutMs?: { query: number; bulk: number } }) {
  return new OpenaiEmbedder({ baseUrl: server.baseUrl, apiKey: 'sk-secret', model: 'letters', ...options })
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error) => error,
  )

test('vectors are normalised and in the order of the texts, whatever the order of the answer', async () => {
  const [first, second, again] = await embedder.embed(['aaaa', 'bbbb', 'aaaa'])
  expect(first).toEqual(again)
  for (const vector of [first!, second!]) expect(cosine(vector, vector)).toBeCloseTo(1, 5)
  const [alone] = await embedder.embed(['bbbb'])
  expect(second).toEqual(alone)
  expect(cosine(first!, second!)).toBeLessThan(0.6)
  expect(server.requests).toEqual([{ model: 'letters', input: ['aaaa', 'bbbb'], authorization: 'Bearer sk-secret' }])
})

test('the dimensions are known with the first answer', async () => {
  expect([embedder.model, embedder.dimensions, embedder.state().status]).toEqual(['openai:letters', null, 'idle'])
  expect(await dimensionsOf(embedder)).toBe(26)
  expect(embedder.dimensions).toBe(26)
  expect(embedder.state()).toEqual({ status: 'ready', detail: `letters at ${server.baseUrl}, 26 dimensions` })
})

test('many texts go in batches of 64, and an empty one as a space', async () => {
  const texts = ['', ...Array.from({ length: 149 }, (_, i) => `text ${i}`)]
  expect(await embedder.embed(texts, { priority: 'bulk' })).toHaveLength(150)
  expect(server.requests.map(({ input }) => input.length)).toEqual([64, 64, 22])
  expect(server.requests[0]!.input[0]).toBe(' ')
})

test('a long text is cut to what any server takes', async () => {
  await embedder.embed(['long '.repeat(10_000)])
  expect(server.requests[0]!.input[0]!.length).toBe(8_000)
})

test('a server that is busy is asked again', async () => {
  server.answers.push({ status: 503, body: {} }, { status: 429, body: {} })
  expect(await embedder.embed(['x'], { priority: 'bulk' })).toHaveLength(1)
  expect(server.requests).toHaveLength(3)
})

test('a refused key is named, queries then fail at once, and it recovers', async () => {
  embedder = embedderWith({ retryAfterMs: 300 })
  server.answers.push({ status: 401, body: { error: { message: 'Incorrect API key provided: sk-secret' } } })
  const error = await failure(embedder.embed(['x']))
  expect(error).toBeInstanceOf(EmbedderUnavailableError)
  expect(error.message).toContain('OPENAI_API_KEY')
  expect(error.message).not.toContain('sk-secret')
  expect(embedder.state()).toEqual({ status: 'unavailable', detail: error.message })

  await expect(embedder.embed(['x'])).rejects.toThrow(error.message)
  expect(server.requests).toHaveLength(1)
  await expect
    .poll(() =>
      embedder.embed(['x']).then(
        (vectors) => vectors.length,
        () => 0,
      ),
    )
    .toBe(1)
  expect(embedder.state().status).toBe('ready')
})

test('bulk work asks again at once: its job waits by itself', async () => {
  server.answers.push({ status: 404, body: { error: { message: 'no such model' } } })
  await expect(embedder.embed(['x'], { priority: 'bulk' })).rejects.toThrow(/does not know letters/)
  expect(await embedder.embed(['x'], { priority: 'bulk' })).toHaveLength(1)
})

test('a server that hangs or is gone makes it unavailable', async () => {
  embedder = embedderWith({ timeoutMs: { query: 100, bulk: 100 }, retryAfterMs: 0 })
  server.answers.push('hang', 'hang')
  expect(await failure(embedder.embed(['x']))).toBeInstanceOf(EmbedderUnavailableError)
  await server.close()
  await expect(embedder.embed(['x'])).rejects.toThrow(/is it running at/)
})

const embedding = [1, 2, 3]
test.each([
  ['fewer vectors than texts', { data: [{ index: 0, embedding }] }, /1 vectors for 2 texts/],
  ['the same vector twice', { data: [0, 0].map((index) => ({ index, embedding })) }, /1 vectors for 2 texts/],
  ['no vectors', { data: [0, 1].map((index) => ({ index, embedding: [] })) }, /0 dimensions/],
  ['zeros', { data: [0, 1].map((index) => ({ index, embedding: [0, 0, 0] })) }, /no direction/],
  [
    'vectors of two sizes',
    {
      data: [
        { index: 0, embedding },
        { index: 1, embedding: [1] },
      ],
    },
    /1 dimensions where there were 3/,
  ],
  ['words', { data: [0, 1].map((index) => ({ index, embedding: ['x', 'y'] })) }, /no direction/],
  ['something else', { result: 'fine' }, /vectors for 2 texts/],
  ['nothing', null, /embedding server/],
])('an answer with %s is refused', async (_, body, expected) => {
  server.answers.push({ status: 200, body })
  const error = await failure(embedder.embed(['a', 'b'], { priority: 'bulk' }))
  expect(error).toBeInstanceOf(EmbedderUnavailableError)
  expect(error.message).toMatch(expected)
  expect(embedder.dimensions).toBeNull()
})

test('vectors of other dimensions than before are refused', async () => {
  await embedder.embed(['a'])
  server.answers.push({ status: 200, body: { data: [{ index: 0, embedding }] } })
  await expect(embedder.embed(['b'])).rejects.toThrow(/3 dimensions where there were 26 before/)
})

test('rejects with the reason of the signal, and when it is closed', async () => {
  server.answers.push('hang', 'hang')
  const stop = new AbortController()
  const aborted = embedder.embed(['a'], { signal: stop.signal })
  await expect.poll(() => server.requests.length).toBe(1)
  stop.abort(new Error('no longer wanted'))
  await expect(aborted).rejects.toThrow('no longer wanted')
  expect(embedder.state().status).toBe('idle')

  const waiting = embedder.embed(['b'])
  await expect.poll(() => server.requests.length).toBe(2)
  await embedder.close()
  await expect(waiting).rejects.toThrow(EmbedderUnavailableError)
  await expect(embedder.embed(['c'])).rejects.toThrow(EmbedderUnavailableError)
  expect(embedder.state().status).toBe('off')
})
