import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startEmbeddingServer } from '../support/embedding-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { writeTinyEmbedder, writeTinyReranker } from '../support/tiny-models.ts'

const modelsDir = mkdtempSync(join(tmpdir(), 'understudy-models-'))
const closers: (() => Promise<unknown>)[] = []
beforeAll(() => {
  writeTinyEmbedder(modelsDir, 'tiny/embedder', { dimensions: 48 })
  writeTinyReranker(modelsDir, 'tiny/reranker')
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
afterAll(() => rmSync(modelsDir, { recursive: true }))

async function serverWith(environment: Record<string, string>): Promise<TestServer> {
  const server = await startServer({ environment })
  closers.push(() => server.stop())
  return server
}

async function partsOf(server: TestServer): Promise<Record<string, { status: string; detail: string }>> {
  const response = await fetch(`${server.base}/health/ready`)
  return ((await response.json()) as { parts: Record<string, { status: string; detail: string }> }).parts
}

const createArticle = `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { __typename } }`
const search = `query ($query: String!) { searchKnowledge(query: $query, first: 3) { degraded hits { similarity article { title } } } }`
type Found = { degraded: boolean; hits: { similarity: number | null; article: { title: string } }[] }

async function addArticles(server: TestServer): Promise<void> {
  for (const [title, body] of [
    ['Refunds', 'You may return an order within thirty days for a full refund.'],
    ['Jackets', 'Wash the down jacket at thirty degrees and dry it slowly.'],
  ])
    await server.post({ query: createArticle, variables: { input: { title, body, category: 'help' } } })
}
const searchFor = async (server: TestServer, query: string): Promise<Found> =>
  (await server.post({ query: search, variables: { query } })).body.data.searchKnowledge

test('a server runs on other local models, and says which', async () => {
  const server = await serverWith({ MODELS_DIR: modelsDir, EMBEDDING_MODEL: 'tiny/embedder', RERANKER_MODEL: 'tiny/reranker' })
  expect((await partsOf(server)).reranker).toEqual({ status: 'idle', detail: 'tiny/reranker:fp32 is loaded when it is first needed' })
  await addArticles(server)
  await expect
    .poll(async () => (await searchFor(server, 'refund for an order')).hits[0], { timeout: 30_000 })
    .toMatchObject({ article: { title: 'Refunds' }, similarity: expect.any(Number) })

  const { embedder, embedders, reranker } = server.app.resources
  expect(embedders.configured).toBe(embedder)
  expect(embedders.byModel('tiny/embedder:fp32')).toBe(embedder)
  const [refund, jacket] = await reranker!.score('refund for an order', ['a full refund for an order', 'wash the jacket'])
  expect(refund).toBeGreaterThan(jacket! + 0.2)
  expect(await partsOf(server)).toMatchObject({
    embedder: { status: 'ready', detail: 'tiny/embedder:fp32' },
    reranker: { status: 'ready', detail: 'tiny/reranker:fp32' },
  })
})

test('a server embeds through another server', async () => {
  const embedding = await startEmbeddingServer()
  closers.push(() => embedding.close())
  const server = await serverWith({ EMBEDDER: 'openai', EMBEDDING_BASE_URL: embedding.baseUrl, EMBEDDING_MODEL: 'letters' })
  await addArticles(server)
  await expect
    .poll(async () => (await searchFor(server, 'wash the down jacket')).hits[0], { timeout: 30_000 })
    .toMatchObject({ article: { title: 'Jackets' }, similarity: expect.any(Number) })
  expect((await partsOf(server)).embedder).toEqual({ status: 'ready', detail: `letters at ${embedding.baseUrl}, 26 dimensions` })
})

test('a server starts without its embedding server, and says what is missing', async () => {
  const server = await serverWith({ EMBEDDER: 'openai', EMBEDDING_BASE_URL: 'http://127.0.0.1:1/v1', EMBEDDING_MODEL: 'letters' })
  expect((await partsOf(server)).embedder).toMatchObject({
    status: 'unavailable',
    detail: expect.stringContaining('is it running at http://127.0.0.1:1/v1'),
  })
  await addArticles(server)
  await expect.poll(async () => (await searchFor(server, 'jacket')).hits[0], { timeout: 30_000 }).toMatchObject({ article: { title: 'Jackets' } })
})
