import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { watchStatements } from '../../bench/support/count-statements.ts'
import { wakeConversations } from '../../src/services/conversations/wake-conversations.ts'
import {
  AddMessageDocument,
  ConversationDocument,
  ConversationsDocument,
  OpenConversationDocument,
  ResolveConversationDocument,
  SendReplyDocument,
} from '../generated/graphql.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let hold = false
let statements: string[] = []
const wait = async () => {
  while (hold) await new Promise((resolve) => setTimeout(resolve, 10))
}
const script = scriptGenerator({ pieces: ['Hello.', wait] })
let statementWatch: ReturnType<typeof watchStatements>
beforeAll(async () => {
  statementWatch = watchStatements((sql) => statements.push(sql))
  server = await startServer({ ...script, environment: { EMBEDDER: 'none', AUTO_DRAFT: 'true' } })
})
afterAll(async () => {
  statementWatch?.stop()
  await server?.stop()
})

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

const desk = deskOf(() => server)
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const database = () => server.app.resources.database
const moveBack = (id: string, days: number) =>
  database().conversation.update({ where: { id: rowId(id) }, data: { resolvedAt: new Date(Date.now() - days * 86_400_000) } })

describe('snoozing', () => {
  it('sleeps until the time, wakes once however many look, and says that the system did it', async () => {
    const id = await desk.open()
    const until = inHours(2)
    expect(await desk.mutate('snoozeConversation', { conversationId: id, until }, 'status snoozedUntil')).toMatchObject({
      status: 'SNOOZED',
      snoozedUntil: until,
    })
    const { resources } = server.app
    const early = new Date(Date.parse(until) - 1)
    const due = new Date(until)
    const woken = async (now: Date) => (await Promise.all([1, 2, 3, 4].map(() => wakeConversations(resources, now)))).reduce((a, b) => a + b)
    expect(await woken(early)).toBe(0)
    expect(await woken(due)).toBe(1)
    expect(await desk.read(id, 'status snoozedUntil')).toEqual({ status: 'OPEN', snoozedUntil: null })
    expect((await desk.timeline(id)).filter((entry) => entry.includes('Status'))).toEqual(['Administrator Status SNOOZED', 'system Status OPEN'])
  })

  it('ends by itself', async () => {
    const id = await desk.open()
    await desk.mutate('snoozeConversation', { conversationId: id, until: new Date(Date.now() + 300).toISOString() })
    await expect.poll(() => desk.read(id, 'status')).toEqual({ status: 'OPEN' })
  })

  it('ends when the customer writes, and when an agent replies or reopens it', async () => {
    const asleep = async () => {
      const id = await desk.open()
      await desk.mutate('snoozeConversation', { conversationId: id, until: inHours(1) })
      return id
    }
    const [first, second, third] = [await asleep(), await asleep(), await asleep()]
    await desk.mutate('addMessage', { conversationId: first, text: 'Still there?' })
    await desk.mutate('sendReply', { conversationId: second, text: 'Here I am.' })
    await desk.mutate('reopenConversation', { conversationId: third })
    expect(await Promise.all([first, second, third].map((id) => desk.read(id, 'status snoozedUntil')))).toEqual([
      { status: 'OPEN', snoozedUntil: null },
      { status: 'PENDING', snoozedUntil: null },
      { status: 'OPEN', snoozedUntil: null },
    ])
  })

  it('is refused into the past, beyond a year, and for a resolved one; again it moves the time', async () => {
    const id = await desk.open()
    const snooze = (until: string) => desk.mutate('snoozeConversation', { conversationId: id, until }, 'status snoozedUntil')
    expect(await snooze('2020-01-01T00:00:00Z')).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await snooze(inHours(24 * 400))).toMatchObject({ code: 'INVALID_INPUT' })
    await snooze(inHours(1))
    const later = inHours(3)
    expect(await snooze(later)).toMatchObject({ snoozedUntil: later })
    expect((await desk.timeline(id)).filter((entry) => entry.includes('SNOOZED'))).toHaveLength(2)
    await desk.mutate('resolveConversation', { conversationId: id })
    expect(await snooze(later)).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
  })
})

describe('a resolved conversation', () => {
  const resolved = async () => {
    const id = await desk.open('The zip broke.', { subject: 'Zip', channel: 'email' })
    await desk.mutate('resolveConversation', { conversationId: id })
    return id
  }

  it('is reopened by an agent, whenever it was resolved, and an open one is not', async () => {
    const id = await resolved()
    await moveBack(id, 400)
    expect(await desk.mutate('reopenConversation', { conversationId: id }, 'status resolvedAt')).toMatchObject({ status: 'OPEN', resolvedAt: null })
    expect(await desk.mutate('reopenConversation', { conversationId: id })).toMatchObject({ code: 'CONFLICT' })
  })

  it('goes on in a new one after the reopen window, once, also for what is retried', async () => {
    const id = await resolved()
    await moveBack(id, 8)
    const write = (text: string, idempotencyKey?: string) =>
      desk.mutate('addMessage', { conversationId: id, text, idempotencyKey }, 'id conversation { id status subject channel previous { id status } }')
    const answers = await Promise.all(['k', 'k', 'k'].map((key) => write('It broke again.', key)))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    const next = answers[0].conversation
    expect(next).toMatchObject({ status: 'OPEN', subject: 'Zip', channel: 'email', previous: { id, status: 'RESOLVED' } })
    expect((await write('And the strap.')).conversation.id).toBe(next.id)
    expect(await write('Other words', 'k')).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    const { continuations } = await desk.read(id, 'continuations { edges { node { id messages { edges { node { text } } } } } }')
    expect(continuations.edges).toHaveLength(1)
    expect(continuations.edges[0].node.messages.edges.map(({ node }: any) => node.text)).toEqual(['It broke again.', 'And the strap.'])
    await expect
      .poll(() => desk.timeline(next.id))
      .toEqual(
        expect.arrayContaining([
          'Customer Opened',
          'Customer Message CUSTOMER',
          'system Draft QUEUED',
          'Customer Draft SUPERSEDED',
          'system Draft READY',
        ]),
      )
    // That one is over too: a third goes on from it, and the first key still finds its message.
    await desk.mutate('resolveConversation', { conversationId: next.id })
    await moveBack(next.id, 8)
    expect((await write('Third time.')).conversation.previous.id).toBe(next.id)
    expect((await write('It broke again.', 'k')).id).toBe(answers[0].id)
  })

  it('makes one survey, however often and in parallel it is resolved', async () => {
    const id = await desk.open()
    const answers = await Promise.all([1, 2, 3, 4].map(() => desk.mutate('resolveConversation', { conversationId: id }, 'status survey { token }')))
    expect(new Set(answers.map((answer) => answer.survey.token)).size).toBe(1)
    expect(await database().survey.count({ where: { conversationId: rowId(id) } })).toBe(1)
    expect((await desk.timeline(id)).filter((entry) => entry.includes('RESOLVED'))).toHaveLength(1)
  })
})

describe('notes', () => {
  it('move nothing, and are nowhere that a customer looks', async () => {
    const customer = await database().customer.create({ data: { externalId: 'note-reader' } })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    const id = await desk.open('My parcel is late.', {}, key)
    await expect
      .poll(async () => (await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges.map(({ node }: any) => node.status))
      .toEqual(['READY'])
    const before = await desk.read(id, 'status updatedAt lastMessage { id }')
    expect(await desk.mutate('addNote', { conversationId: id, text: 'Grumbles every week.' }, 'kind text author { name }')).toMatchObject({
      kind: 'NOTE',
      text: 'Grumbles every week.',
      author: { name: 'Administrator' },
    })
    expect(await desk.read(id, 'status updatedAt lastMessage { id }')).toEqual(before)
    expect((await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges[0].node.status).toBe('READY')
    const seen = await desk.ask(
      '{ conversations(filter: { search: "parcel" }) { edges { node { updatedAt lastMessage { text kind } messages { edges { node { text } } } } } } }',
      {},
      key,
    )
    expect(seen.conversations.edges).toHaveLength(1)
    expect(JSON.stringify(seen)).not.toContain('Grumbles')
    const find = (search: string, asKey?: string) =>
      desk.ask('query ($s: String) { conversations(filter: { search: $s }) { edges { node { id } } } }', { s: search }, asKey)
    expect((await find('Grumbles', key)).conversations.edges).toEqual([])
    expect((await find('Grumbles')).conversations.edges).toHaveLength(1)
    await expect(desk.mutate('addNote', { conversationId: id, text: 'Me too' }, 'id', key)).rejects.toThrow('FORBIDDEN')
    // The next draft is asked for without it.
    await desk.mutate('addMessage', { conversationId: id, text: 'Well?' }, 'id', key)
    await expect
      .poll(async () => (await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges.map(({ node }: any) => node.status))
      .toEqual(['READY', 'SUPERSEDED'])
    expect(JSON.stringify(script.requests)).not.toContain('Grumbles')
  })
})

describe('escalation', () => {
  it('silences the automatic drafts until it is resolved, and ends those in flight', async () => {
    hold = true
    const id = await desk.open('I want to talk to a person.')
    await expect.poll(async () => (await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges[0]?.node.status).toBe('STREAMING')
    const input = { conversationId: id, reasons: ['CUSTOMER_ASKED', 'OTHER', 'CUSTOMER_ASKED'], note: 'Call back' }
    const selection = 'takenOverAt escalation { reasons note }'
    const escalated = await desk.mutate('escalateConversation', input, selection)
    expect(escalated).toMatchObject({ takenOverAt: expect.any(String), escalation: { reasons: ['CUSTOMER_ASKED', 'OTHER'], note: 'Call back' } })
    expect(await desk.mutate('escalateConversation', input, selection)).toEqual(escalated)
    hold = false
    await desk.mutate('addMessage', { conversationId: id, text: 'Are you there?' })
    const drafts = async () => (await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges.map(({ node }: any) => node.status)
    expect(await drafts()).toEqual(['CANCELLED'])
    await desk.mutate('draftReply', { conversationId: id })
    await expect.poll(drafts).toEqual(['READY', 'CANCELLED'])
    await desk.mutate('resolveConversation', { conversationId: id })
    expect(await desk.read(id, selection)).toMatchObject({ takenOverAt: null, escalation: { reasons: ['CUSTOMER_ASKED', 'OTHER'] } })
    await desk.mutate('addMessage', { conversationId: id, text: 'One more thing.' })
    await expect.poll(drafts).toEqual(['READY', 'SUPERSEDED', 'CANCELLED'])
    expect(await desk.timeline(id)).toEqual([
      'Customer Opened',
      'Customer Message CUSTOMER',
      'system Draft QUEUED',
      'Administrator Escalation CUSTOMER_ASKED,OTHER',
      'Administrator Draft CANCELLED',
      'Customer Message CUSTOMER',
      'Administrator Draft QUEUED',
      'system Draft READY',
      'Administrator Status RESOLVED',
      'Customer Message CUSTOMER',
      'Customer Status OPEN',
      'Customer Draft SUPERSEDED',
      'system Draft QUEUED',
      'system Draft READY',
    ])
  })

  it('spares a draft that somebody asked for', async () => {
    const id = await desk.open('Hello?')
    await expect.poll(async () => (await desk.read(id, 'drafts { edges { node { status } } }')).drafts.edges[0]?.node.status).toBe('READY')
    hold = true
    const asked = await desk.mutate('draftReply', { conversationId: id, instruction: 'Short' }, 'id')
    await desk.mutate('escalateConversation', { conversationId: id, reasons: ['POLICY'] })
    hold = false
    await expect.poll(async () => (await desk.ask('query ($id: ID!) { draft(id: $id) { status } }', asked)).draft.status).toBe('READY')
  })

  it('needs a reason and a conversation that is not resolved', async () => {
    const id = await desk.open()
    expect(await desk.mutate('escalateConversation', { conversationId: id, reasons: [] })).toMatchObject({ code: 'INVALID_INPUT' })
    await desk.mutate('resolveConversation', { conversationId: id })
    expect(await desk.mutate('escalateConversation', { conversationId: id, reasons: ['POLICY'] })).toMatchObject({ code: 'CONFLICT' })
  })

  it('is what a reply without a draft comes to as well', async () => {
    const id = await desk.open('Hello?')
    await desk.mutate('sendReply', { conversationId: id, text: 'I will see to it myself.' })
    expect((await desk.read(id, 'takenOverAt')).takenOverAt).not.toBeNull()
    const count = () => database().draft.count({ where: { conversationId: rowId(id) } })
    const before = await count()
    await desk.mutate('addMessage', { conversationId: id, text: 'Thanks!' })
    expect(await count()).toBe(before)
  })
})

describe('the list', () => {
  it('is filtered by what staff may ask for, and by status and words for customers', async () => {
    const customer = await database().customer.create({ data: { externalId: 'lister' } })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    const id = await desk.open('A walrus ate my invoice.', {}, key)
    await database().conversation.update({ where: { id: rowId(id) }, data: { intent: 'walrus_trouble' } })
    await desk.mutate('escalateConversation', { conversationId: id, reasons: ['POLICY'] })
    const list = async (filter: object, asKey?: string) =>
      (
        await desk.ask('query ($filter: ConversationFilter) { conversations(filter: $filter) { edges { node { id } } } }', { filter }, asKey)
      ).conversations.edges.map(({ node }: any) => node.id)
    const { viewer } = await desk.ask('{ viewer { id } }')
    expect(await list({ intent: 'walrus_trouble', escalated: true, status: ['OPEN'], search: 'WALRUS', unassigned: true })).toEqual([id])
    expect(await list({ intent: 'walrus_trouble', escalated: false })).toEqual([])
    await desk.mutate('assignConversation', { conversationId: id, assigneeId: viewer.id })
    expect(await list({ search: 'walrus', assigneeId: viewer.id })).toEqual([id])
    expect(await list({ search: 'walrus', unassigned: true })).toEqual([])
    expect(await list({ search: 'walrus', status: ['OPEN', 'OPEN'] }, key)).toEqual([id])
    for (const filter of [{ assigneeId: viewer.id }, { intent: 'walrus_trouble' }, { escalated: true }, { unassigned: true }])
      await expect(list(filter, key)).rejects.toThrow('FORBIDDEN')
  })

  it('takes four statements for twenty with all that belongs to them', async (context) => {
    if (inject('database').kind === 'postgres') return context.skip('statements are counted in the embedded database')
    await server.run(ConversationsDocument, { first: 20 })
    statements = []
    const { conversations } = await server.run(ConversationsDocument, { first: 20 })
    expect(conversations.edges.length).toBeGreaterThan(15)
    expect(statements.filter((sql) => /"public"\."(Conversation|Customer|Agent|Message)"/.test(sql))).toHaveLength(4)
  })
})
