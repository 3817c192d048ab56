import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Resources } from '../../src/resources.ts'
import { draftReply } from '../../src/services/drafting/draft-reply.ts'
import { prepareDraft } from '../../src/services/drafting/prepare-draft.ts'
import { startDraft } from '../../src/services/drafting/start-draft.ts'
import { deleteArticle } from '../../src/services/knowledge/delete-article.ts'
import { indexArticles } from '../../src/services/knowledge/index-articles.ts'
import { storeNewArticle } from '../../src/services/knowledge/store-article.ts'
import { AddMessageDocument, OpenConversationDocument } from '../generated/graphql.ts'
import { openKnowledge } from '../support/open-knowledge.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { createTestDatabase } from '../support/test-database.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('with AUTO_DRAFT and a full queue', () => {
  let server: TestServer
  beforeAll(async () => {
    const never = new Promise(() => {})
    const environment = { EMBEDDER: 'none', AUTO_DRAFT: 'true', DRAFT_QUEUE_LIMIT: '1', DRAFT_CONCURRENCY: '1' }
    server = await startServer({ ...scriptGenerator({ pieces: ['A', () => never] }), environment })
    return () => server.stop()
  })

  async function open() {
    const { openConversation } = await server.run(OpenConversationDocument, { input: { message: 'Where is my parcel?' } })
    if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
    return openConversation.id
  }
  const timeline = async (conversationId: string) => {
    const query =
      '($id: ID!) { conversation(id: $id) { messages { edges { node { text } } } drafts { edges { node { status queuePosition } } } timeline { edges { node { __typename ... on DraftEntry { skipped draft { id } } } } } } }'
    const { body } = await server.post({ query: `query ${query}`, variables: { id: conversationId } })
    return body.data.conversation
  }

  it('takes every message of the customer, makes no draft, and says so on the timeline', async () => {
    const written = await open()
    await expect.poll(async () => (await timeline(written)).drafts.edges[0].node.status).toBe('STREAMING')
    const waiting = await open()
    expect((await timeline(waiting)).drafts.edges).toEqual([{ node: { status: 'QUEUED', queuePosition: 1 } }])

    const without = await open()
    expect(await timeline(without)).toMatchObject({
      drafts: { edges: [] },
      timeline: {
        edges: [
          { node: { __typename: 'ConversationOpenedEntry' } },
          { node: { __typename: 'MessageEntry' } },
          { node: { __typename: 'DraftEntry', skipped: 'QUEUE_FULL', draft: null } },
        ],
      },
    })
    const { addMessage } = await server.run(AddMessageDocument, { input: { conversationId: without, text: 'Hello?' } })
    expect(addMessage).toMatchObject({ __typename: 'Message', text: 'Hello?' })
    expect((await timeline(without)).drafts.edges).toEqual([])

    // A newer message in the conversation that waits takes the place of its own draft.
    await server.run(AddMessageDocument, { input: { conversationId: waiting, text: 'It is blue.' } })
    expect((await timeline(waiting)).drafts.edges.map(({ node }: { node: object }) => node)).toEqual([
      { status: 'QUEUED', queuePosition: 1 },
      { status: 'SUPERSEDED', queuePosition: null },
    ])
  })
})

async function openWithoutWorkers(environment: Record<string, string> = {}): Promise<Resources> {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const { resources, close } = await openKnowledge({ environment: { ...database.environment, EMBEDDER: 'none', ...environment } })
  closers.push(close)
  return resources
}

async function conversationAbout({ database }: Resources, text: string): Promise<string> {
  const customer = await database.customer.create({ data: {} })
  const conversation = await database.conversation.create({ data: { customerId: customer.id } })
  await database.message.create({ data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text } })
  return conversation.id
}

it('takes as many drafts as DRAFT_QUEUE_LIMIT says, however many ask at the same time', async () => {
  const resources = await openWithoutWorkers({ DRAFT_QUEUE_LIMIT: '5' })
  const conversationIds = await Promise.all(Array.from({ length: 20 }, (_, index) => conversationAbout(resources, `Question ${index}`)))
  const outcomes = await Promise.allSettled(conversationIds.map((conversationId) => draftReply(resources, { conversationId, by: null })))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('QUEUE_FULL')
  expect(await resources.database.draft.count({ where: { status: 'QUEUED' } })).toBe(5)
})

it('keeps the citation of an article that is deleted while the draft starts', async () => {
  const resources = await openWithoutWorkers()
  const { database } = resources
  const articles: { id: string }[] = []
  for (const title of ['Parcel tracking', 'Parcel delays']) {
    const content = { title, category: 'Shipping', tags: [], body: `${title}: a parcel can be tracked from the email with its number.` }
    const rest = { audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED' } as const
    articles.push(await database.$transaction((tx) => storeNewArticle(tx, { ...content, ...rest }, { slug: title.toLowerCase(), authorId: null })))
  }
  await indexArticles(resources, { articleIds: articles.map(({ id }) => id) })
  const draft = await draftReply(resources, { conversationId: await conversationAbout(resources, 'How can I track my parcel?'), by: null })
  await database.draft.update({ where: { id: draft.id }, data: { status: 'STREAMING' } })

  const prepared = await prepareDraft(resources, { draft, signal: new AbortController().signal })
  expect(prepared.sources).toHaveLength(2)
  await deleteArticle(resources, { articleId: articles[0]!.id })
  expect(await startDraft(resources, { draftId: draft.id, prepared })).toBe(true)
  const citations = await database.citation.findMany({ where: { draftId: draft.id } })
  expect(citations.map(({ articleId }) => articleId)).toEqual(
    prepared.sources.map(({ articleId }) => (articleId === articles[0]!.id ? null : articleId)),
  )
  expect(citations.every(({ chunkText }) => chunkText.includes('can be tracked'))).toBe(true)
})
