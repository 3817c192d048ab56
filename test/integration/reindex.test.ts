import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  for (const title of ['Refunds', 'Passwords', 'Tents']) {
    const input = { title, body: `All about ${title.toLowerCase()} and what to do.`, category: 'General' }
    await server.post({ query: 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { __typename } }', variables: { input } })
  }
  await vi.waitFor(async () => expect((await search()).hits).toHaveLength(3), { timeout: 30_000 })
})
afterAll(() => server.stop())

const reindex = `mutation ($input: ReindexKnowledgeInput) { reindexKnowledge(input: $input) { __typename ... on ReindexRun { id status } ... on Error { code message } } }`
const runEvents = parse(
  `subscription ($runId: ID!) { runEvents(runId: $runId) { __typename seq ... on RunProgress { step message } ... on RunFailed { message } } }`,
)
const search = async () =>
  (await server.post({ query: '{ searchKnowledge(query: "What about refunds?", first: 3) { degraded hits { score article { title } } } }' })).body
    .data.searchKnowledge
const generations = async () =>
  (await server.post({ query: '{ indexGenerations { number state articles chunks recall embeddingModel run { id } } }' })).body.data.indexGenerations

async function follow(runId: string): Promise<{ __typename: string; seq: number }[]> {
  const events: { __typename: string; seq: number }[] = []
  for await (const { runEvents: event } of server.events(runEvents as never, { runId } as never) as AsyncIterable<{
    runEvents: { __typename: string; seq: number }
  }>)
    events.push(event)
  return events
}

test('an admin rebuilds the index and goes back, while searches go on', async () => {
  const before = await search()
  const { body } = await server.post({ query: reindex })
  const { id } = body.data.reindexKnowledge
  expect(body.data.reindexKnowledge).toMatchObject({ __typename: 'ReindexRun' })
  const [events, second] = await Promise.all([follow(id), server.post({ query: reindex })])
  // Whichever of the two comes first: they never run together.
  expect(['ReindexRun', 'ConflictError']).toContain(second.body.data.reindexKnowledge.__typename)
  expect(events.at(-1)!.__typename).toBe('RunCompleted')
  const node = { query: 'query ($id: ID!) { node(id: $id) { ... on ReindexRun { id status } } }', variables: { id } }
  expect((await server.post(node)).body.data.node).toEqual({ id, status: 'COMPLETED' })
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  if (second.body.data.reindexKnowledge.id) await follow(second.body.data.reindexKnowledge.id)
  expect(await search()).toEqual(before)
  const [live, kept] = await generations()
  expect([live, kept]).toMatchObject([{ state: 'LIVE', articles: 3, recall: 1 }, { state: 'KEPT' }])

  const back = (await server.post({ query: reindex, variables: { input: { rollBack: true } } })).body.data.reindexKnowledge
  expect((await follow(back.id)).at(-1)!.__typename).toBe('RunCompleted')
  expect(await search()).toEqual(before)
  expect((await generations()).find(({ state }: { state: string }) => state === 'LIVE').number).toBe(kept.number)
})

test('nobody else does, and customers see no index', async () => {
  const agent = await server.createKey('AGENT')
  expect((await server.post({ query: reindex }, { key: agent })).body.errors[0].extensions.code).toBe('FORBIDDEN')
  for (const role of ['PARTNER', 'CUSTOMER'] as const) {
    const customer = role === 'CUSTOMER' ? { customerId: (await server.app.resources.database.customer.create({ data: {} })).id } : {}
    const key = await server.createKey(role, customer)
    expect((await server.post({ query: '{ indexGenerations { number } }' }, { key })).body.errors[0].extensions.code).toBe('FORBIDDEN')
  }
})

test('goes back to nothing when nothing was replaced', async () => {
  const empty = await startServer({ environment: { EMBEDDER: 'none' } })
  const { body } = await empty.post({ query: reindex, variables: { input: { rollBack: true } } })
  expect(body.data.reindexKnowledge).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('no earlier') })
  await empty.stop()
})
