import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  AddMessageDocument,
  CancelDraftDocument,
  ConversationDocument,
  DraftByIdDocument,
  DraftEventsDocument,
  DraftReplyDocument,
  type DraftReplyInput,
  GiveFeedbackDocument,
  OpenConversationDocument,
  RejectDraftDocument,
  type RejectDraftInput,
  ResolveConversationDocument,
  SendReplyDocument,
  type SendReplyInput,
} from '../generated/graphql.ts'
import { type Script, scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const text = 'Hi there,\n\nYou can send it back within 30 days.\n\n— The support team'
const hasReplicas = inject('database').kind === 'postgres'
let server: TestServer
/** The same server twice where there is one process only. */
let replicas: TestServer[]
let script: Script = { pieces: [text] }

beforeAll(async () => {
  const options = { ...scriptGenerator(() => script), environment: { EMBEDDER: 'none' } }
  server = await startServer(options)
  replicas = [server, hasReplicas ? await startServer({ ...options, beside: server }) : server]
})
afterAll(async () => {
  if (hasReplicas) await replicas[1]?.stop()
  await server?.stop()
})

async function open(message = 'Can I return it?', at = server) {
  const { openConversation } = await at.run(OpenConversationDocument, { input: { message } })
  if (openConversation.__typename !== 'Conversation') throw new Error(openConversation.__typename)
  return openConversation.id
}
async function draft(input: DraftReplyInput, at = server) {
  const { draftReply } = await at.run(DraftReplyDocument, { input })
  if (draftReply.__typename !== 'Draft') throw new Error(JSON.stringify(draftReply))
  return draftReply.id
}
async function ending(draftId: string) {
  const events = []
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) events.push(draftEvents)
  const ends = events.filter((event) => ['DraftCompleted', 'DraftFailed', 'DraftCancelled'].includes(event.__typename))
  expect(ends).toEqual([events.at(-1)])
  return ends[0]!.__typename
}
async function ready(at = server) {
  const conversationId = await open(undefined, at)
  const draftId = await draft({ conversationId }, at)
  expect(await ending(draftId)).toBe('DraftCompleted')
  return { conversationId, draftId }
}
const send = async (input: SendReplyInput, at = server) => (await at.run(SendReplyDocument, { input })).sendReply
const reject = async (input: RejectDraftInput, key?: string) => (await server.run(RejectDraftDocument, { input }, key ? { key } : {})).rejectDraft
const say = async (conversationId: string, said: string, idempotencyKey?: string) =>
  (await server.run(AddMessageDocument, { input: { conversationId, text: said, idempotencyKey } })).addMessage
const statusOf = async (id: string) => (await server.run(DraftByIdDocument, { id })).draft?.status
const statuses = async (id: string) => (await server.run(ConversationDocument, { id })).conversation!.drafts.edges.map(({ node }) => node.status)
const kinds = async (id: string) => (await server.run(ConversationDocument, { id })).conversation!.messages.edges.map(({ node }) => node.kind)

/** Waits inside the model until it is let go. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), wait: () => opened }
}
async function writing() {
  const { open: release, wait } = gate()
  script = { pieces: ['Half', wait, ' a reply'] }
  const conversationId = await open()
  const draftId = await draft({ conversationId })
  for await (const { draftEvents } of server.events(DraftEventsDocument, { draftId })) if (draftEvents.__typename === 'DraftDelta') break
  script = { pieces: [text] }
  return { conversationId, draftId, release }
}

describe('one live draft a conversation', () => {
  it('comes of 20 requests at once, on every replica', async () => {
    const { open: release, wait } = gate()
    script = { pieces: ['Hello', wait] }
    const conversationId = await open()
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => draft({ conversationId }, replicas[index % 2]!)))
    expect(new Set(ids).size).toBe(1)
    expect(await statuses(conversationId)).toHaveLength(1)
    release()
    expect(await ending(ids[0]!)).toBe('DraftCompleted')
    script = { pieces: [text] }
  })

  it('is left of 20 requests with a tone at once; the others are superseded, each with one end', async () => {
    const { open: release, wait } = gate()
    script = { pieces: ['Hello', wait] }
    const conversationId = await open()
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => draft({ conversationId, tone: 'SHORTER' }, replicas[index % 2]!)))
    expect(new Set(ids).size).toBe(20)
    release()
    const ends = await Promise.all(ids.map(ending))
    expect(ends.toSorted()).toEqual([...Array(19).fill('DraftCancelled'), 'DraftCompleted'])
    expect((await Promise.all(ids.map(statusOf))).toSorted()).toEqual(['READY', ...Array(19).fill('SUPERSEDED')])
    script = { pieces: [text] }
  })

  it('is held by the database itself', async () => {
    const { draftId, release } = await writing()
    const { database } = server.app.resources
    const { conversationId, turnMessageId } = await database.draft.findUniqueOrThrow({
      where: { id: Buffer.from(draftId, 'base64url').toString().slice(6) },
    })
    await expect(database.draft.create({ data: { conversationId, turnMessageId } })).rejects.toThrow(/[Uu]nique/)
    release()
    await ending(draftId)
  })
})

describe('drafting again', () => {
  it('keeps the earlier draft READY until one of them is sent', async () => {
    const { conversationId, draftId } = await ready()
    const again = await draft({ conversationId, instruction: 'Mention the label.' })
    expect(await ending(again)).toBe('DraftCompleted')
    expect(await statuses(conversationId)).toEqual(['READY', 'READY'])
    expect(await send({ conversationId, text, draftId })).toMatchObject({ kind: 'FINAL' })
    expect(await statuses(conversationId)).toEqual(['SUPERSEDED', 'SENT'])
    expect(await send({ conversationId, text, draftId: again })).toMatchObject({ code: 'DRAFT_SUPERSEDED' })
  })
})

describe('what is over stays over', () => {
  it.each(['SENT', 'REJECTED', 'SUPERSEDED', 'CANCELLED'] as const)('%s', async (status) => {
    const { conversationId, draftId, release } = await writing()
    if (status === 'CANCELLED') await server.run(CancelDraftDocument, { input: { draftId } })
    if (status === 'REJECTED') await reject({ draftId })
    if (status === 'SUPERSEDED') await say(conversationId, 'It is a jacket.')
    release()
    await ending(draftId)
    if (status === 'SENT') await send({ conversationId, text: 'Half a reply', draftId })
    await server.run(CancelDraftDocument, { input: { draftId } })
    await reject({ draftId })
    await send({ conversationId, text: 'Half a reply', draftId })
    await send({ conversationId, text: 'Something else', draftId })
    await say(conversationId, 'Hello?')
    await server.run(ResolveConversationDocument, { input: { conversationId } })
    expect(await statusOf(draftId)).toBe(status)
    expect((await server.run(DraftByIdDocument, { id: draftId })).draft?.text).toBe(status === 'SENT' ? 'Half a reply' : 'Half')
    expect(await ending(draftId)).toBe(status === 'SENT' ? 'DraftCompleted' : 'DraftCancelled')
  })
})

describe('sending', () => {
  it('gives one message for one draft, from two replicas, at once and afterwards, with and without a key', async () => {
    for (const idempotencyKey of [undefined, 'k']) {
      const { conversationId, draftId } = await ready(replicas[1])
      const again = () =>
        Promise.all(Array.from({ length: 10 }, (_, index) => send({ conversationId, text, draftId, idempotencyKey }, replicas[index % 2]!)))
      const answers = [...(await again()), ...(await again())]
      const ids = answers.map((answer) => (answer.__typename === 'Message' ? answer.id : JSON.stringify(answer)))
      expect(new Set(ids).size).toBe(1)
      expect(await kinds(conversationId)).toEqual(['CUSTOMER', 'FINAL'])
      await say(conversationId, 'Thanks!')
      expect(await send({ conversationId, text, draftId, idempotencyKey })).toMatchObject({ id: ids[0], kind: 'FINAL' })
      await server.run(ResolveConversationDocument, { input: { conversationId } })
      expect(await send({ conversationId, text, draftId, idempotencyKey })).toMatchObject({ id: ids[0], kind: 'FINAL' })
      expect(await send({ conversationId, text: 'Another', draftId })).toMatchObject({ code: 'CONFLICT' })
    }
  })

  it('lets one of two texts through for a draft that two replicas send at once', async () => {
    const { conversationId, draftId } = await ready()
    const answers = await Promise.all(['One', 'Two'].map((one, index) => send({ conversationId, text: one, draftId }, replicas[index]!)))
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['ConflictError', 'Message'])
    expect(await kinds(conversationId)).toEqual(['CUSTOMER', 'AGENT_EDITED'])
  })

  it('refuses a draft when the conversation moved on, and says what to do', async () => {
    const moved = async (how: (ids: { conversationId: string; draftId: string }) => Promise<unknown>) => {
      const ids = await ready()
      await how(ids)
      return send({ ...ids, text })
    }
    expect(await moved(({ conversationId }) => say(conversationId, 'One more thing.'))).toMatchObject({ code: 'DRAFT_SUPERSEDED' })
    expect(await moved(({ conversationId }) => server.run(ResolveConversationDocument, { input: { conversationId } }))).toMatchObject({
      code: 'CONVERSATION_RESOLVED',
    })
    expect(await moved(({ draftId }) => reject({ draftId }))).toMatchObject({
      code: 'DRAFT_NOT_READY',
      message: expect.stringMatching(/REJECTED.*draftReply.*without a draftId/),
    })
    const { conversationId, draftId, release } = await writing()
    expect(await send({ conversationId, text, draftId })).toMatchObject({
      code: 'DRAFT_NOT_READY',
      message: expect.stringMatching(/STREAMING.*Wait for DraftCompleted/),
    })
    await server.run(CancelDraftDocument, { input: { draftId } })
    expect(await send({ conversationId, text, draftId })).toMatchObject({ code: 'DRAFT_NOT_READY' })
    // A conversation that is resolved is resolved, whatever became of its draft.
    await server.run(ResolveConversationDocument, { input: { conversationId } })
    expect(await send({ conversationId, text, draftId })).toMatchObject({ code: 'CONVERSATION_RESOLVED' })
    release()
  })

  it('never sends a draft of a turn that a message on another replica ends at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { conversationId, draftId } = await ready()
      const [sent] = await Promise.all([send({ conversationId, text, draftId }, replicas[1]), say(conversationId, 'Wait!')])
      expect(await kinds(conversationId)).toEqual(sent.__typename === 'Message' ? ['CUSTOMER', 'FINAL', 'CUSTOMER'] : ['CUSTOMER', 'CUSTOMER'])
      if (sent.__typename !== 'Message') expect(sent).toMatchObject({ code: 'DRAFT_SUPERSEDED' })
    }
  })

  it('answers what the agent saw, when told what that is', async () => {
    const conversationId = await open()
    const newest = async () => (await server.run(ConversationDocument, { id: conversationId })).conversation!.messages.edges.at(-1)!.node.id
    const expectedLastMessageId = await newest()
    expect(await say(conversationId, 'And a hat?')).toMatchObject({ kind: 'CUSTOMER' })
    const stale = await send({ conversationId, text: 'Yes.', expectedLastMessageId })
    expect(stale).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('written again') })
    expect(await send({ conversationId, text: 'Yes.', expectedLastMessageId: await newest() })).toMatchObject({ kind: 'AGENT_ONLY' })
    // A colleague's reply in between is for the agent to judge.
    expect(await send({ conversationId, text: 'Both.', expectedLastMessageId: await newest() })).toMatchObject({ kind: 'AGENT_ONLY' })
    const elsewhere = await open()
    const { conversation } = await server.run(ConversationDocument, { id: elsewhere })
    const foreign = conversation!.messages.edges[0]!.node.id
    expect(await send({ conversationId, text: 'Hm.', expectedLastMessageId: foreign })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await send({ conversationId, text: 'Hm.', expectedLastMessageId: 'nonsense' })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps the keys of customers and of agents apart', async () => {
    const conversationId = await open()
    expect(await say(conversationId, 'Hello?', 'same')).toMatchObject({ kind: 'CUSTOMER' })
    const sent = await send({ conversationId, text: 'I am here.', idempotencyKey: 'same' })
    expect(sent).toMatchObject({ kind: 'AGENT_ONLY' })
    expect(await send({ conversationId, text: 'I am here.', idempotencyKey: 'same' })).toEqual(sent)
    expect(await say(conversationId, 'Hello?', 'same')).toMatchObject({ kind: 'CUSTOMER' })
    expect(await kinds(conversationId)).toEqual(['CUSTOMER', 'CUSTOMER', 'AGENT_ONLY'])
  })

  it('stores what the agent saw: without characters that nobody sees, which change nothing', async () => {
    const { conversationId, draftId } = await ready()
    const unseen = text.replace('30', '3\u200b0\u202e').replace('Hi', '\ufeffHi')
    const sent = await send({ conversationId, text: unseen, draftId, idempotencyKey: 'unseen' })
    expect(sent).toMatchObject({ kind: 'FINAL', text, editRatio: 0 })
    expect(await send({ conversationId, text, draftId, idempotencyKey: 'unseen' })).toEqual(sent)
    expect(await send({ conversationId, text: '\u200b\u00ad' })).toMatchObject({ code: 'INVALID_INPUT' })
    const odd = 'Line one  \r\n\tline two — 👩‍👩‍👧 e\u0301 می‌خواهم '
    expect(await send({ conversationId, text: odd })).toMatchObject({ kind: 'AGENT_ONLY', text: odd })
  })
})

describe('a message and a writer', () => {
  it.runIf(hasReplicas)('do not wait for each other, whoever holds what first', async () => {
    const { conversationId, draftId } = await ready()
    const { database } = server.app.resources
    const id = Buffer.from(draftId, 'base64url').toString().slice('Draft:'.length)
    let said: ReturnType<typeof say> | undefined
    await database.$transaction(async (tx) => {
      await tx.draft.update({ where: { id }, data: { tone: 'FORMAL' } })
      // It holds the conversation and wants the draft.
      said = say(conversationId, 'Hello?')
      const waiting = () =>
        database.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await expect.poll(waiting).toHaveLength(1)
      // A second change of the row checks its foreign keys again, and so looks at the conversation.
      await tx.draft.update({ where: { id }, data: { tone: null } })
    })
    expect(await said).toMatchObject({ kind: 'CUSTOMER' })
    expect(await statusOf(draftId)).toBe('SUPERSEDED')
  })
})

describe('rejecting', () => {
  it('puts a READY draft aside, with reasons; again it replaces them, for the same agent only', async () => {
    const { conversationId, draftId } = await ready()
    const answers = await Promise.all([1, 2, 3].map(() => reject({ draftId, reasons: ['INCORRECT', 'INCORRECT'], notes: 'It is 60 days.' })))
    expect(answers).toEqual(Array(3).fill({ __typename: 'Draft', id: draftId, status: 'REJECTED' }))
    expect(await ending(draftId)).toBe('DraftCompleted')
    expect(await reject({ draftId }, await server.createKey('AGENT'))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('giveFeedback'),
    })
    const entries = await server.app.resources.database.timelineEntry.findMany({ where: { details: { path: ['draftStatus'], equals: 'REJECTED' } } })
    expect(entries.filter((entry) => Buffer.from(`Draft:${entry.draftId}`).toString('base64url') === draftId)).toHaveLength(1)
    const { giveFeedback } = await server.run(GiveFeedbackDocument, { input: { draftId, reasons: ['TONE'] } })
    expect(giveFeedback).toMatchObject({ trainingExample: { state: 'CANDIDATE', processed: false } })
    expect(await send({ conversationId, text: 'My own.' })).toMatchObject({ kind: 'AGENT_ONLY' })
    expect(await statusOf(draftId)).toBe('REJECTED')
  })

  it('stops one in the making', async () => {
    const { conversationId, draftId } = await writing()
    expect(await reject({ draftId, reasons: ['POLICY'] })).toMatchObject({ status: 'REJECTED' })
    expect(await ending(draftId)).toBe('DraftCancelled')
    const next = await draft({ conversationId })
    expect(await ending(next)).toBe('DraftCompleted')
  })

  it('is refused for what was sent or has ended otherwise', async () => {
    const { conversationId, draftId } = await ready()
    await send({ conversationId, text, draftId })
    expect(await reject({ draftId })).toMatchObject({ code: 'CONFLICT' })
    const other = await ready()
    await say(other.conversationId, 'Hm.')
    expect(await reject({ draftId: other.draftId })).toMatchObject({ code: 'DRAFT_NOT_READY', message: expect.stringContaining('giveFeedback') })
    expect(await reject({ draftId: other.draftId, notes: 'x'.repeat(5_001) })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await reject({ draftId: 'nonsense' })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('and sending at the same moment: one of them wins', async () => {
    for (let round = 0; round < 5; round++) {
      const { conversationId, draftId } = await ready()
      const [sent, rejected] = await Promise.all([send({ conversationId, text, draftId }, replicas[1]), reject({ draftId })])
      expect([sent.__typename, rejected.__typename]).toEqual(
        sent.__typename === 'Message' ? ['Message', 'ConflictError'] : ['DraftNotReadyError', 'Draft'],
      )
    }
  })
})
