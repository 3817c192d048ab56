import { parse } from 'graphql'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Reranker } from '../../src/engines/reranker.ts'
import { CreateArticleDocument, DraftReplyDocument, OpenConversationDocument } from '../generated/graphql.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// A cross-encoder that takes until it is told to answer: by then everything but the order of the passages is known.
const answer = Promise.withResolvers<void>()
const reranker: Reranker = {
  model: 'held',
  async score(_query, passages, { signal } = {}) {
    const isLate = new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))
    await Promise.race([answer.promise, isLate])
    return passages.map(() => 0.5)
  },
  state: () => ({ status: 'ready', detail: 'held' }),
  close: async () => {},
}
const modelAnswer = Promise.withResolvers<void>()
const scripted = scriptGenerator({ pieces: [() => modelAnswer.promise, 'You can.'] })
let server: TestServer

beforeAll(async () => {
  server = await startServer({ generators: scripted.generators, reranker })
  await server.app.resources.embedder?.embed(['hello'])
  await server.run(CreateArticleDocument, {
    input: {
      title: 'Return & Refund Policy',
      category: 'Returns',
      body: 'You can return an item within 30 days of delivery and get your money back.',
    },
  })
})
afterAll(() => server?.stop())

const follow = parse(`subscription ($draftId: ID!) {
  draftEvents(draftId: $draftId) {
    __typename
    seq
    ... on DraftRouted { routing { intent confidence margin outOfScope } }
    ... on DraftSourcesFound { sufficient widened sources { index heading quote score article { title } } }
    ... on DraftStarted { routing { intent confidence margin outOfScope } citations { index heading score article { title } } }
  }
}`)

it('tells at once what is known before the first token: the route, then the sources, then that the model is asked', async () => {
  const states = async () => (await server.post({ query: '{ articles(first: 2) { edges { node { indexState } } } }' })).body.data.articles.edges
  await vi.waitFor(async () => expect(await states()).toEqual([{ node: { indexState: 'INDEXED' } }]), { timeout: 60_000 })
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message: 'How do I get my money back?' } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  const { draftReply } = await server.run(DraftReplyDocument, { input: { conversationId: openConversation.id } })
  if (draftReply.__typename !== 'Draft') throw new Error(draftReply.__typename)
  const events = server.events(follow as never, { draftId: draftReply.id }) as AsyncIterableIterator<any>
  const next = async () => (await events.next()).value.draftEvents

  const routed = await next()
  expect(routed).toMatchObject({ __typename: 'DraftRouted', seq: 1, routing: { intent: null, outOfScope: false } })
  answer.resolve()
  const found = await next()
  expect(found).toMatchObject({ __typename: 'DraftSourcesFound', seq: 2, sources: [{ index: 1, article: { title: 'Return & Refund Policy' } }] })
  expect(found.sources[0].quote).toContain('30 days')
  const started = await next()
  expect(started).toMatchObject({ __typename: 'DraftStarted', seq: 3, routing: routed.routing })
  expect(started.citations.map(({ index, heading, score, article }: any) => ({ index, heading, score, article }))).toEqual(
    found.sources.map(({ index, heading, score, article }: any) => ({ index, heading, score, article })),
  )
  modelAnswer.resolve()
  expect(await next()).toMatchObject({ __typename: 'DraftDelta', seq: 4 })
  expect(await next()).toMatchObject({ __typename: 'DraftCompleted', seq: 5 })
  expect((await events.next()).done).toBe(true)
})
