import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AddMessageDocument,
  ConversationDocument,
  ConversationsDocument,
  OpenConversationDocument,
  ResolveConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ ...scriptGenerator({ pieces: ['Hello.'] }), environment: { EMBEDDER: 'none', AUTO_DRAFT: 'true' } })
})
afterAll(() => server?.stop())

async function open(message: string, subject?: string) {
  const { openConversation } = await server.run(OpenConversationDocument, { input: { message, subject } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation
}

describe('a conversation', () => {
  it('starts with the first message and a draft, when AUTO_DRAFT says so', async () => {
    const { id, status, messages } = await open('Where is my parcel?', 'Parcel')
    expect(status).toBe('OPEN')
    expect(messages.edges.map(({ node }) => node)).toMatchObject([{ kind: 'CUSTOMER', text: 'Where is my parcel?' }])
    const drafts = async () => (await server.run(ConversationDocument, { id })).conversation?.drafts.edges.map(({ node }) => [node.status, node.text])
    await expect.poll(drafts).toEqual([['READY', 'Hello.']])
    await server.run(AddMessageDocument, { input: { conversationId: id, text: 'It is late.' } })
    await expect.poll(drafts).toEqual([
      ['READY', 'Hello.'],
      ['SUPERSEDED', 'Hello.'],
    ])
  })

  it('goes from OPEN to PENDING to RESOLVED, and opens again when the customer writes', async () => {
    const { id } = await open('One')
    const sent = await server.run(SendReplyDocument, { input: { conversationId: id, text: 'Two' } })
    expect(sent.sendReply).toMatchObject({ kind: 'AGENT_ONLY', conversation: { status: 'PENDING' } })
    const { resolveConversation } = await server.run(ResolveConversationDocument, { input: { conversationId: id } })
    expect(resolveConversation).toMatchObject({ status: 'RESOLVED' })
    expect(resolveConversation.__typename === 'Conversation' && resolveConversation.survey?.token).toMatch(/^[\w-]+\.[\w-]+$/)
    const { addMessage } = await server.run(AddMessageDocument, { input: { conversationId: id, text: 'Three' } })
    expect(addMessage).toMatchObject({ kind: 'CUSTOMER', conversation: { status: 'OPEN' } })
    const { conversation } = await server.run(ConversationDocument, { id })
    expect(conversation?.messages.edges.map(({ node }) => [node.kind, node.text, node.author?.name ?? null])).toEqual([
      ['CUSTOMER', 'One', null],
      ['AGENT_ONLY', 'Two', 'Administrator'],
      ['CUSTOMER', 'Three', null],
    ])
  })

  it('is listed newest first, page by page, by status and by words', async () => {
    const first = await open('A zeppelin landed on my parcel')
    const second = await open('Hello', 'About zeppelins')
    const list = async (variables: object) => (await server.run(ConversationsDocument, variables)).conversations
    const found = await list({ filter: { search: 'ZEPPELIN' } })
    expect(found.edges.map(({ node }) => node.id)).toEqual([second.id, first.id])
    const page = await list({ first: 1, filter: { search: 'zeppelin' } })
    expect(page.pageInfo.hasNextPage).toBe(true)
    const next = await list({ first: 1, after: page.pageInfo.endCursor, filter: { search: 'zeppelin' } })
    expect(next.edges.map(({ node }) => node.id)).toEqual([first.id])
    await server.run(ResolveConversationDocument, { input: { conversationId: first.id } })
    expect((await list({ filter: { search: 'zeppelin', status: ['RESOLVED'] } })).edges.map(({ node }) => node.id)).toEqual([first.id])
    expect((await list({ filter: { assigneeId: 'nonsense' } })).edges).toEqual([])
  })
})
