import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { globalId, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const lines: string[] = []
/** What was written, and may be in no line. */
const private_: string[] = []
let count = 0

/** A text or secret that is found again wherever it goes. */
function marked(text: string): string {
  const mark = `quokka${++count}zz`
  private_.push(mark)
  return `${text} ${mark}`
}

const ask = async (query: string, input: object, options: { key?: string; headers?: Record<string, string> } = {}) =>
  (await server.post({ query, variables: { input } }, options)).body
const mutate = async (field: string, input: object, type: string, selection = 'id') => {
  const inputType = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
  const body = await ask(
    `mutation ($input: ${inputType}!) { ${field}(input: $input) { __typename ... on ${type} { ${selection} } ... on Error { message } } }`,
    input,
  )
  return body.data?.[field] ?? body
}

beforeAll(async () => {
  const { generators } = scriptGenerator(() => ({ pieces: [marked('Of course.')] }))
  server = await startServer({
    environment: { LOG_LEVEL: 'trace', EMBEDDER: 'none', AUTO_DRAFT: 'true' },
    log: (line) => lines.push(line),
    generators,
  })
})
afterAll(() => server?.stop())

it('have no secret and nothing that a customer or an agent wrote, whatever goes wrong', async () => {
  const { database } = server.app.resources
  private_.push(server.adminKey)
  const customer = { name: marked('Ann'), email: `${marked('x').replace(' ', '')}@example.com`, externalId: 'one' }
  const { id: conversationId } = await mutate('openConversation', { message: marked('Hello'), subject: marked('Money'), customer }, 'Conversation')
  await mutate('addMessage', { conversationId, text: marked('And?') }, 'Message')
  const isReady = { conversationId: rowId(conversationId), status: 'READY' } as const
  await expect.poll(() => database.draft.count({ where: isReady })).toBe(1)
  const draft = await database.draft.findFirstOrThrow({ where: isReady })
  const draftId = globalId('Draft', draft.id)
  await mutate('saveDraftEdit', { draftId, text: marked('Better') }, 'Draft')
  await mutate('giveFeedback', { draftId, correction: marked('Right'), notes: marked('Hm') }, 'Feedback')
  await mutate('addNote', { conversationId, text: marked('A note') }, 'Message')
  await mutate('sendReply', { conversationId, draftId, text: marked('Here') }, 'Message')
  await mutate('escalateConversation', { conversationId, reasons: ['OTHER'], note: marked('Please') }, 'Conversation')
  await mutate('resolveConversation', { conversationId }, 'Conversation')

  const key = await mutate('createApiKey', { name: 'Another', role: 'AGENT' }, 'CreatedApiKey', 'secret apiKey { id }')
  const token = await mutate('createCustomerToken', { customerExternalId: 'one' }, 'CustomerToken', 'token')
  private_.push(key.secret, token.token)
  for (const secret of [key.secret, token.token]) await server.post({ query: '{ viewer { id } }' }, { key: secret })
  await mutate('revokeApiKey', { apiKeyId: key.apiKey.id }, 'ApiKey')
  await server.post({ query: '{ viewer { id } }' }, { key: key.secret })

  // Requests that cannot be read, or mean nothing.
  await server.post(`{ "query": "${marked('broken')}`)
  await server.post({ query: `{ ${marked('syntax')} (` })
  await server.post({ query: 'query ($n: Int!) { conversations(first: $n) { edges { node { id } } } }', variables: { n: marked('no number') } })
  await server.post({ query: '{ viewer { id } }' }, { key: marked('key').replace(' ', '') })
  await server.post({ query: '{ viewer { id } }' }, { headers: { 'idempotency-key': marked('key') } })
  await server.post({ query: `{ conversations(filter: { search: "${marked('search')}" }) { edges { node { id } } } }` })
  await fetch(`${server.base}/surveys/${marked('token').replace(' ', '.')}`)
  await fetch(`${server.base}/${marked('path').replace(' ', '/')}?token=${marked('t').replace(' ', '')}`)
  const socket = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${marked('k').replace(' ', '')}` },
    retryAttempts: 0,
  })
  await expect(socket.iterate({ query: '{ viewer { id } }' }).next()).rejects.toBeDefined()
  await socket.dispose()

  // A bug: the database refuses the row, and its error holds what was to be written.
  await database.$executeRaw`ALTER TABLE "Message" ADD CONSTRAINT "broken" CHECK ("position" < 1000) NOT VALID`
  const other = await mutate('openConversation', { message: marked('Again') }, 'Conversation')
  await database.$executeRaw`UPDATE "Conversation" SET "messageCount" = 5000 WHERE "id" = ${rowId(other.id)}`
  const failed = await mutate('addMessage', { conversationId: other.id, text: marked('Refused') }, 'Message')
  expect(failed.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR')

  const written = lines.join('\n')
  expect(written).toContain('unexpected error in a resolver')
  expect(lines.filter((line) => private_.some((text) => line.includes(text)))).toEqual([])
})
