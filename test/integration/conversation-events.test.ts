import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import WebSocket from 'ws'
import { watchStatements } from '../../bench/support/count-statements.ts'
import { followInbox } from '../../src/services/conversations/follow-conversations.ts'
import { ConversationEventsDocument, InboxEventsDocument, type InboxEventsSubscription } from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let statements: string[] = []
const desk = deskOf(() => server)
let statementWatch: ReturnType<typeof watchStatements>
beforeAll(async () => {
  statementWatch = watchStatements((sql) => statements.push(sql))
  server = await startServer({ ...scriptGenerator({ pieces: ['Hello.'] }), environment: { EMBEDDER: 'none' } })
})
afterAll(async () => {
  statementWatch?.stop()
  await server?.stop()
})

/** Collects events in the background. Nothing says when a subscription has begun, so messages are sent until the first is heard of. */
async function listen<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { poke, key }: { poke: string; key?: string },
) {
  const events: any[] = []
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key ?? server.adminKey}` },
    retryAttempts: 0,
  })
  // Its own end of one, unlike the generator's, does not wait for the next event.
  const stop = client.subscribe(
    { query: print(document), variables: variables as Record<string, unknown> },
    { next: ({ data }) => events.push(...Object.values(data as object)), error: () => {}, complete: () => void client.dispose() },
  )
  await expect
    .poll(async () => {
      await desk.mutate('addMessage', { conversationId: poke, text: 'Poke' })
      return events.length
    })
    .toBeGreaterThan(0)
  // The last poke's events may still be on their way.
  const marker = `Marker ${Math.random()}`
  await desk.mutate('addMessage', { conversationId: poke, text: marker })
  await expect.poll(() => events.some(({ message, conversation }) => message?.text === marker || conversation)).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 200))
  events.length = 0
  return { events, stop }
}

const told = (events: any[]) =>
  events.map(({ __typename, message, conversation, draft }) => [__typename, message?.kind ?? conversation?.status ?? draft?.status].join(' '))
const subscriptions = async () => (await server.app.resources.metrics.subscriptions.get()).values[0]?.value ?? 0

describe('conversationEvents', () => {
  it('tells staff everything, and the customer messages and status only', async () => {
    const customer = await server.app.resources.database.customer.create({ data: {} })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    const conversationId = await desk.open('Hello?', {}, key)
    const other = await desk.open('Not mine')
    const staff = await listen(ConversationEventsDocument, { conversationId }, { poke: conversationId })
    const own = await listen(ConversationEventsDocument, { conversationId }, { poke: conversationId, key })
    staff.events.length = 0

    await desk.mutate('addNote', { conversationId, text: 'Secret' })
    await desk.mutate('escalateConversation', { conversationId, reasons: ['POLICY'], note: 'Secret' })
    const { id: draftId } = await desk.mutate('draftReply', { conversationId }, 'id')
    await expect.poll(async () => (await desk.ask('query ($id: ID!) { draft(id: $id) { status } }', { id: draftId })).draft.status).toBe('READY')
    await desk.mutate('addMessage', { conversationId: other, text: 'Elsewhere' })
    await desk.mutate('sendReply', { conversationId, text: 'Hello.', draftId })
    // An event shows the conversation as it is when it is told.
    await expect.poll(() => told(own.events).at(-1)).toBe('ConversationChanged PENDING')
    await desk.mutate('resolveConversation', { conversationId })
    await expect.poll(() => told(staff.events).at(-1)).toBe('ConversationChanged RESOLVED')
    await expect.poll(() => told(own.events)).toEqual(['MessageAdded FINAL', 'ConversationChanged PENDING', 'ConversationChanged RESOLVED'])
    expect(JSON.stringify(own.events)).not.toContain('Secret')
    expect(told(staff.events)).toEqual(expect.arrayContaining(['MessageAdded NOTE', 'MessageAdded FINAL', 'ConversationChanged OPEN']))
    expect(staff.events.filter(({ __typename }) => __typename === 'DraftQueued').map(({ draft }) => draft.id)).toEqual([draftId])
    expect(JSON.stringify(staff.events)).not.toContain('Elsewhere')
    staff.stop()
    own.stop()
    await expect.poll(subscriptions).toBe(0)
  })

  it('tells each message once, however many come at the same time', async () => {
    const conversationId = await desk.open()
    const heard = await listen(ConversationEventsDocument, { conversationId }, { poke: conversationId })
    const texts = Array.from({ length: 12 }, (_, index) => `Message ${index}`)
    await Promise.all(texts.map((text) => desk.mutate('addMessage', { conversationId, text })))
    const messages = () => heard.events.filter(({ __typename }) => __typename === 'MessageAdded').map(({ message }) => message.text)
    await expect.poll(() => messages().length).toBe(12)
    await desk.mutate('addMessage', { conversationId, text: 'Last' })
    await expect.poll(() => messages().at(-1)).toBe('Last')
    expect(messages().slice(0, -1).sort()).toEqual([...texts].sort())
    heard.stop()
  })

  it.each([
    ['nonsense', 'nonsense'],
    ['an unknown one', globalId('Conversation', 'unknown')],
    ['a draft', globalId('Draft', 'unknown')],
  ])('is NOT_FOUND for %s, and for a foreign one', async (_what, conversationId) => {
    const customer = await server.app.resources.database.customer.create({ data: {} })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    const foreign = await desk.open()
    for (const [id, asKey] of [
      [conversationId, server.adminKey],
      [foreign, key],
    ] as const) {
      await expect(server.events(ConversationEventsDocument, { conversationId: id }, { key: asKey }).next()).rejects.toThrow('NOT_FOUND')
    }
  })
})

describe('inboxEvents', () => {
  it('tells of every conversation, once for what changed together, over server-sent events too', async () => {
    const poke = await desk.open()
    const heard = await listen(InboxEventsDocument, {}, { poke })
    const sse = createSseClient({ url: server.url, headers: { authorization: `Bearer ${server.adminKey}` } })
    const overSse: string[] = []
    const iterator = sse.iterate<InboxEventsSubscription>({ query: print(InboxEventsDocument) })
    void (async () => {
      for await (const { data } of iterator)
        if (data?.inboxEvents.__typename === 'ConversationChanged') overSse.push(data.inboxEvents.conversation.id)
    })()
    const ids = [await desk.open('One', { subject: 'First' }), await desk.open('Two', { subject: 'Second' })]
    await expect.poll(() => heard.events.map(({ conversation }) => conversation.subject)).toEqual(['First', 'Second'])
    await expect
      .poll(async () => {
        await desk.mutate('addMessage', { conversationId: ids[1], text: 'Poke' })
        return overSse
      })
      .toContain(ids[1])
    await iterator.return!()
    heard.stop()
    await expect.poll(subscriptions).toBe(0)
  })

  it('hears within seconds of what no wake-up told', async () => {
    const id = await desk.open()
    const heard = await listen(InboxEventsDocument, {}, { poke: id })
    await server.app.resources.database.timelineEntry.create({ data: { conversationId: rowId(id), kind: 'STATUS', status: 'OPEN' } })
    await expect.poll(() => heard.events.map(({ conversation }) => conversation.id)).toEqual([id])
    heard.stop()
  })

  it('is for staff', async () => {
    const customer = await server.app.resources.database.customer.create({ data: {} })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    await expect(server.events(InboxEventsDocument, {}, { key }).next()).rejects.toThrow('FORBIDDEN')
  })

  it('asks the database once for all that listen, and no more when they have gone', async (context) => {
    if (inject('database').kind === 'postgres') return context.skip('statements are counted in the embedded database')
    const { resources } = server.app
    const queues = await Promise.all(Array.from({ length: 50 }, () => followInbox(resources)))
    const looks = () => statements.filter((sql) => sql.includes('"TimelineEntry"') && sql.startsWith('SELECT')).length
    statements = []
    const heard = Promise.all(queues.map((queue) => queue.next()))
    const id = rowId(await desk.open())
    expect((await heard).map(({ value }) => value.conversation.id)).toEqual(Array(50).fill(id))
    expect(looks()).toBeLessThan(10)
    await Promise.all(queues.map((queue) => queue.return!()))
    // A look that was under way may end.
    await new Promise((resolve) => setTimeout(resolve, 300))
    statements = []
    await desk.open()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(looks()).toBe(0)
  })
})
