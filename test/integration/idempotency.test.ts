import { createClient as createSseClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { purgeRequests } from '../../src/services/idempotency/purge-requests.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const addNote = 'mutation Note($input: AddNoteInput!) { addNote(input: $input) { __typename ... on Message { text id kind } ... on Error { code } } }'
const open =
  'mutation Open($input: OpenConversationInput!) { openConversation(input: $input) { ... on Conversation { id messages { edges { node { id } } } } } }'
const addMessage = 'mutation Add($input: AddMessageInput!) { addMessage(input: $input) { __typename ... on Message { id } ... on Error { code } } }'
const sendReply = 'mutation Send($input: SendReplyInput!) { sendReply(input: $input) { __typename ... on Message { id } ... on Error { code } } }'

let server: TestServer
let conversationId: string
let waiting: Promise<any>
const desk = deskOf(() => server)

beforeAll(async () => {
  server = await startServer()
  conversationId = await desk.open()
  await keyed('still at work', addNote, note('Slow'))
  await forget('still at work', { startedAt: new Date() })
  // Waits for as long as anybody waits; the last test looks at the answer.
  waiting = keyed('still at work', addNote, note('Slow'))
})
afterAll(() => server.stop())

const note = (text: string) => ({ input: { conversationId, text } })
const keyed = (key: string, query: string, variables: object, options: { key?: string; headers?: Record<string, string> } = {}) =>
  server.post({ query, variables }, { ...options, headers: { 'idempotency-key': key, ...options.headers } })
const requests = () => server.app.resources.database.idempotentRequest

/** As a server leaves it that dies before it could keep the answer. */
const forget = (key: string, { startedAt = new Date(0) } = {}) =>
  server.app.resources.database.$executeRaw`
    UPDATE "IdempotentRequest" SET "response" = NULL, "finishedAt" = NULL, "startedAt" = ${startedAt} WHERE "key" = ${key}`

const notes = (text: string) => server.app.resources.database.message.count({ where: { text } })

it('gives the first answer again, to the character, and does nothing', async () => {
  const first = await keyed('one', addNote, note('Once'))
  expect(first.body.data.addNote).toMatchObject({ __typename: 'Message', text: 'Once' })
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  const again = await keyed('one', addNote, { input: { text: 'Once', conversationId } })
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body))
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await notes('Once')).toBe(1)
})

it('refuses the same key for something else, and keeps callers apart', async () => {
  await keyed('two', addNote, note('First'))
  const other = await keyed('two', addNote, note('Second'))
  expect(other.body.errors[0].extensions.code).toBe('IDEMPOTENCY_CONFLICT')
  expect(other.body.errors[0].message).toMatch(/^This Idempotency-Key header was used before/)
  const agentKey = await server.createKey('AGENT')
  const foreign = await keyed('two', addNote, note('Second'), { key: agentKey })
  expect(foreign.body.data.addNote.text).toBe('Second')
})

it('executes requests that come together once, and answers all of them', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => keyed('together', addNote, note('Together'))))
  expect(new Set(answers.map(({ body }) => body.data.addNote.id)).size).toBe(1)
  expect(await notes('Together')).toBe(1)
})

it('keeps an expected failure, and none that another try may mend', async () => {
  const { database } = server.app.resources
  const unknown = await keyed('failure', addNote, { input: { conversationId: 'nobody', text: 'x' } })
  expect(unknown.body.data.addNote.code).toBe('NOT_FOUND')
  expect((await keyed('failure', addNote, { input: { conversationId: 'nobody', text: 'x' } })).headers.get('idempotency-replayed')).toBe('true')

  await database.$executeRaw`
    CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of order'; END $$`
  await database.$executeRaw`CREATE TRIGGER broken BEFORE INSERT ON "TimelineEntry" EXECUTE FUNCTION break_down()`
  const broken = await keyed('broken', addNote, note('Repaired'))
  await database.$executeRaw`DROP TRIGGER broken ON "TimelineEntry"`
  expect(broken.body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR')
  expect((await keyed('broken', addNote, note('Repaired'))).body.data.addNote.text).toBe('Repaired')
})

it('knows after a crash whether the work was done', async () => {
  const done = await keyed('crash', addNote, note('Done'))
  await forget('crash')
  const { body } = await keyed('crash', addNote, note('Done'))
  expect(body.errors[0].extensions).toEqual({ code: 'ANSWER_NOT_KEPT', action: 'addNote', targetId: conversationId })
  expect(await notes('Done')).toBe(1)
  expect(done.body.data.addNote.text).toBe('Done')

  const { callerId, digest, expiresAt } = await requests().findFirstOrThrow({ where: { key: 'crash' } })
  await requests().create({ data: { callerId, digest, expiresAt, key: 'undone', startedAt: new Date(0) } })
  expect((await keyed('undone', addNote, note('Done'))).body.data.addNote.text).toBe('Done')
})

it('keeps no answer that shows a secret, and says what was made', async () => {
  const createKey =
    'mutation Key($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret apiKey { id } } ... on Error { code } } }'
  const variables = { input: { name: 'Once', role: 'AGENT' } }
  const { secret, apiKey } = (await keyed('secret', createKey, variables)).body.data.createApiKey
  expect(secret).toBeTruthy()
  const again = await keyed('secret', createKey, variables)
  expect(again.body.errors[0].extensions).toEqual({ code: 'ANSWER_NOT_KEPT', action: 'createApiKey', targetId: apiKey.id })
  expect(JSON.stringify(again.body)).not.toContain(secret)
  expect(await requests().findFirstOrThrow({ where: { key: 'secret' } })).toMatchObject({ response: null })
  for (const _ of [1, 2])
    expect((await keyed('no secret', createKey, { input: { name: '', role: 'AGENT' } })).body.data.createApiKey.code).toBe('INVALID_INPUT')
})

it('serves as the key of inputs that have one, which give the same answer even after a crash', async () => {
  const opened = await keyed('open', open, { input: { message: 'Hello' } })
  const { id } = opened.body.data.openConversation
  for (const [key, query, variables] of [
    ['open', open, { input: { message: 'Hello' } }],
    ['add', addMessage, { input: { conversationId: id, text: 'More' } }],
    ['send', sendReply, { input: { conversationId: id, text: 'An answer' } }],
  ] as const) {
    const first = await keyed(key, query, variables)
    await forget(key)
    const again = await keyed(key, query, variables)
    expect(again.headers.get('idempotency-replayed')).toBeNull()
    expect(again.body).toEqual(first.body)
  }
  expect(await server.app.resources.database.message.count({ where: { conversationId: rowId(id) } })).toBe(3)
})

it('is one for all transports', async () => {
  const first = await keyed('transports', addNote, note('Everywhere'))
  const sse = createSseClient({ url: server.url, headers: { authorization: `Bearer ${server.adminKey}`, 'idempotency-key': 'transports' } })
  const socket = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${server.adminKey}` },
    retryAttempts: 0,
  })
  const request = { query: addNote, variables: note('Everywhere') }
  for await (const { data } of sse.iterate(request)) expect(data).toEqual(first.body.data)
  for await (const { data } of socket.iterate({ ...request, extensions: { idempotencyKey: 'transports' } })) expect(data).toEqual(first.body.data)
  sse.dispose()
  await socket.dispose()
  expect(await notes('Everywhere')).toBe(1)
})

it('is checked, and nothing to queries', async () => {
  for (const key of ['k'.repeat(201), 'schlüssel'])
    expect((await keyed(key, addNote, note('Bad key'))).body.errors[0].extensions.code, key).toBe('INVALID_INPUT')
  expect(await notes('Bad key')).toBe(0)
  const query = await keyed('query', '{ viewer { role } }', {})
  expect(query.body.data.viewer.role).toBe('ADMIN')
  expect(await requests().count({ where: { key: 'query' } })).toBe(0)
})

it('is forgotten after a day', async () => {
  const first = await keyed('old', addNote, note('Daily'))
  await requests().updateMany({ where: { key: { in: ['old', 'one'] } }, data: { expiresAt: new Date(0) } })
  const next = await keyed('old', addNote, note('Daily'))
  expect(next.body.data.addNote.id).not.toBe(first.body.data.addNote.id)
  expect(await purgeRequests(server.app.resources)).toBe(1)
})

it('has those wait who come while the first is at work, and try again', async () => {
  expect((await waiting).body.errors[0].extensions.code).toBe('UNAVAILABLE')
  expect(await notes('Slow')).toBe(1)
})
