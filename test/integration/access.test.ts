import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import {
  AddMessageDocument,
  AgentsDocument,
  ConversationDocument,
  ConversationsDocument,
  DraftReplyDocument,
  OpenConversationDocument,
  ViewerDocument,
} from '../generated/graphql.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let annKey: string
let benKey: string
let annConversation: string

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  const customer = async (externalId: string) => {
    const { id } = await server.app.resources.database.customer.create({ data: { externalId, name: externalId } })
    return server.createKey('CUSTOMER', { customerId: id })
  }
  annKey = await customer('ann')
  benKey = await customer('ben')
  const { openConversation } = await server.run(
    OpenConversationDocument,
    { input: { message: 'Hello, I am Ann.', customer: { externalId: 'ben' } } },
    { key: annKey },
  )
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  annConversation = openConversation.id
})
afterAll(() => server?.stop())

describe('credentials', () => {
  it.each([
    ['none', null],
    ['a wrong one', 'understudy_nonsense'],
    ['an expired one', 'expired'],
  ])('refuses %s over HTTP and server-sent events', async (_case, given) => {
    const key = given === 'expired' ? await server.createKey('ADMIN', { expiresAt: new Date(Date.now() - 1000) }) : given
    for (const accept of ['application/json', 'text/event-stream']) {
      const { status, body } = await server.post({ query: '{ viewer { id } }' }, { key, headers: { accept } })
      expect(status).toBe(401)
      expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    }
  })

  it('refuses them over a WebSocket too', async () => {
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: 'Bearer nonsense' },
      retryAttempts: 0,
    })
    const closed = await new Promise<{ code?: number }>((resolve) =>
      client.subscribe({ query: '{ viewer { id } }' }, { next: () => {}, error: (error) => resolve(error as { code?: number }), complete: () => {} }),
    )
    expect(closed.code).toBe(4403)
  })

  it('keeps only hashes of keys', async () => {
    const keys = await server.app.resources.database.apiKey.findMany()
    expect(JSON.stringify(keys)).not.toContain(server.adminKey)
    expect(JSON.stringify(keys)).not.toContain(annKey)
  })

  it('knows who asks', async () => {
    const agentKey = await server.createKey('AGENT')
    expect((await server.run(ViewerDocument, {}, { key: agentKey })).viewer).toMatchObject({ name: 'A agent', role: 'AGENT' })
    expect((await server.run(ViewerDocument, {})).viewer.role).toBe('ADMIN')
  })
})

describe('roles', () => {
  it('shows customers their own conversations, and nothing of others', async () => {
    const list = async (key: string) => (await server.run(ConversationsDocument, {}, { key })).conversations.edges
    const own = await server.post(
      { query: '{ conversations { edges { node { id customer { name } messages { edges { node { text } } } } } } }' },
      { key: annKey },
    )
    expect(own.body.data.conversations.edges).toHaveLength(1)
    expect(own.body.data.conversations.edges[0].node.customer.name).toBe('ann')
    await expect(list(annKey)).rejects.toThrow('FORBIDDEN')
    const foreign = await server.post(
      { query: `{ conversations { edges { node { id } } } conversation(id: "${annConversation}") { id } node(id: "${annConversation}") { id } }` },
      { key: benKey },
    )
    expect(foreign.body.data.conversations.edges).toEqual([])
    expect(foreign.body.data.conversation).toBeNull()
    expect(foreign.body.data.node).toBeNull()
    expect(foreign.body.errors).toBeUndefined()
    const added = await server.run(AddMessageDocument, { input: { conversationId: annConversation, text: 'Let me in' } }, { key: benKey })
    expect(added.addMessage).toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    ['drafts', '{ conversation(id: "ID") { drafts(first: 1) { edges { node { id } } } } }'],
    ['the timeline', '{ conversation(id: "ID") { timeline(first: 1) { edges { node { id } } } } }'],
    ['routing', '{ conversation(id: "ID") { intent } }'],
    ['agents', '{ agents { edges { node { id } } } }'],
    ['articles', '{ articles { edges { node { id } } } }'],
    ['the search', '{ searchKnowledge(query: "refund") { hits { score } } }'],
    ['the router', '{ routeMessage(text: "refund") { intent } }'],
  ])('keeps %s from customers', async (_what, query) => {
    const { body } = await server.post({ query: query.replace('ID', annConversation) }, { key: annKey })
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN')
  })

  it('keeps notes from customers, in lists and by id', async () => {
    const { database } = server.app.resources
    const conversation = await database.conversation.findFirstOrThrow({ where: { customer: { externalId: 'ann' } } })
    const note = await database.message.create({ data: { conversationId: conversation.id, position: 99, kind: 'NOTE', text: 'Difficult customer' } })
    const id = Buffer.from(`Message:${note.id}`).toString('base64url')
    const { body } = await server.post(
      { query: `{ conversation(id: "${annConversation}") { messages { edges { node { text } } } } node(id: "${id}") { ... on Message { text } } }` },
      { key: annKey },
    )
    expect(JSON.stringify(body)).not.toContain('Difficult')
    expect(body.data.conversation.messages.edges).toHaveLength(1)
    const search = await server.post({ query: '{ conversations(filter: { search: "Difficult" }) { edges { node { id } } } }' }, { key: annKey })
    expect(search.body.data.conversations.edges).toEqual([])
    await database.message.delete({ where: { id: note.id } })
  })

  it('refuses desk work to customers, and everything to partners for now', async () => {
    await expect(server.run(DraftReplyDocument, { input: { conversationId: annConversation } }, { key: annKey })).rejects.toThrow('FORBIDDEN')
    const partnerKey = await server.createKey('PARTNER')
    await expect(server.run(ViewerDocument, {}, { key: partnerKey })).rejects.toThrow('FORBIDDEN')
    const agentKey = await server.createKey('AGENT')
    expect((await server.run(AgentsDocument, {}, { key: agentKey })).agents.edges.length).toBeGreaterThan(0)
    expect((await server.run(ConversationDocument, { id: annConversation }, { key: agentKey })).conversation?.id).toBe(annConversation)
  })
})
