import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askOver, createCustomer, openSocket } from '../support/attackers.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { watchServerSockets } from '../support/server-sockets.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let customer: Awaited<ReturnType<typeof createCustomer>>
let conversationId: string
/** What is answered to headers that never end. */
let slowHeaders: Promise<string>
/** Sockets on which nobody says who it is. */
let silent: Awaited<ReturnType<typeof openSocket>>[]
const desk = deskOf(() => server)
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  customer = await createCustomer(server)
  conversationId = await desk.open('x'.repeat(19_000), {}, customer.key)
  const rows = Array.from({ length: 19 }, (_, at) => ({
    conversationId: rowId(conversationId),
    position: at + 2,
    kind: 'CUSTOMER' as const,
    text: 'x'.repeat(19_000),
  }))
  await server.app.resources.database.message.createMany({ data: rows })
  slowHeaders = new Promise((resolve) => {
    let received = ''
    const socket = connect(Number(new URL(server.base).port), '127.0.0.1', () => socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\nx-a: '))
    socket
      .on('data', (data) => void (received += data))
      .on('error', () => {})
      .on('close', () => resolve(received))
  })
  silent = await Promise.all(Array.from({ length: 20 }, () => openSocket(server)))
})
afterAll(() => server?.stop())

const who = { query: '{ viewer { role } }' }
async function serves(): Promise<void> {
  expect((await server.post(who)).body).toMatchObject({ data: { viewer: { role: 'ADMIN' } } })
}

describe('giant variables', () => {
  const search = 'query ($search: String, $ids: [ID!]!) { conversations(filter: { search: $search }) { edges { cursor } } nodes(ids: $ids) { id } }'
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

  it.each<[string, string, string]>([
    ['a text of a megabyte', search, JSON.stringify({ search: 'x'.repeat(1_000_000), ids: [] })],
    ['NUL', search, JSON.stringify({ search: 'a\u0000b', ids: [] })],
    ['half a character', search, JSON.stringify({ search: 'a\ud800b', ids: [] })],
    ['100,000 ids', search, JSON.stringify({ ids: Array(100_000).fill('x') })],
    ['ids of a megabyte', search, JSON.stringify({ ids: ['x'.repeat(1_000_000)] })],
    ['ids that hold NUL', search, JSON.stringify({ ids: [globalId('Conversation', 'a\u0000b'), globalId('Message', '\ud800')] })],
    ['an object for a text', search, JSON.stringify({ search: { toString: 'x' }, ids: [] })],
    ['objects 50,000 deep', search, `{"search":${deep(50_000)},"ids":[]}`],
    ['objects 5,000 deep', search, `{"search":${deep(5_000)},"ids":[]}`],
    ['lists 5,000 deep', search, `{"ids":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    [
      '100,000 names that nobody asked for',
      search,
      JSON.stringify({ ids: [], ...Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`v${at}`, at])) }),
    ],
    ['numbers that are none', 'query ($first: Int) { conversations(first: $first) { edges { cursor } } }', '{"first":1e400}'],
    ['__proto__', search, '{"__proto__":{"ids":[]},"constructor":{"ids":[]}}'],
  ])('%s are refused or answered, without a bug and without the text', async (_what, query, variables) => {
    const { status, body } = await server.post(`{"query":${JSON.stringify(query)},"variables":${variables}}`, { key: customer.key })
    expect([200, 400, 413]).toContain(status)
    const text = JSON.stringify(body)
    expect(text).not.toMatch(/INTERNAL_SERVER_ERROR|prisma|postgres|\.ts:/i)
    expect(text.length).toBeLessThan(6_000)
    if (body.data?.nodes) expect(body.data.nodes.every((node: unknown) => node === null)).toBe(true)
  })
})

describe('a flood', () => {
  it('of requests is answered, one and all, and others are served', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => server.post({ query: '{ conversations { edges { node { id } } } }' }, { key: customer.key })),
    )
    await serves()
    for (const { status, body } of answers) if (status !== 200) expect(body.errors[0].extensions.code).toBe('RATE_LIMITED')
    expect(answers.some(({ status }) => status === 200)).toBe(true)
  })

  it('of wrong keys lets nobody in and costs others nothing', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => server.post(who, { key: `understudy_${at}` })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    await serves()
  })

  it('of operations on one socket is limited by number', async () => {
    const { socket, say, until } = await openSocket(server, { key: customer.key })
    const query = 'subscription ($id: ID!) { conversationEvents(conversationId: $id) { at } }'
    for (let at = 0; at < 150; at++) say({ id: `s${at}`, type: 'subscribe', payload: { query, variables: { id: conversationId } } })
    const messages = await until(1 + 50)
    const refused = messages.filter(({ type }) => type === 'error')
    expect(refused.length).toBeGreaterThanOrEqual(50)
    for (const { payload } of refused) expect(payload[0].extensions.code).toBe('RATE_LIMITED')
    await serves()
    socket.terminate()
    await expect.poll(async () => (await server.app.resources.metrics.subscriptions.get()).values[0]?.value).toBe(0)
  })

  it('of messages without meaning closes the socket, or is passed over', async () => {
    const { socket, say, closed } = await openSocket(server, { key: customer.key })
    for (let at = 0; at < 2_000; at++) say({ type: 'ping' })
    for (let at = 0; at < 2_000; at++) say({ id: `none${at}`, type: 'complete' })
    await serves()
    say('nonsense')
    expect(await closed).toBe(4400)
    socket.terminate()
  })
})

// Over WebSockets and server-sent events: test/integration/streaming.test.ts.
describe('a client that does not read', () => {
  const message = { query: 'query ($id: ID!) { conversation(id: $id) { messages(first: 20) { edges { node { text } } } } }' }

  it('over HTTP pipelines without end, and is held up', async () => {
    const watched = watchServerSockets()
    const { port, host } = new URL(server.base)
    const body = JSON.stringify({ ...message, variables: { id: conversationId } })
    const one = `POST /graphql HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${server.adminKey}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    const socket = connect(Number(port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.pause()
    socket.write(one.repeat(60))
    await expect.poll(() => watched.of(socket).writableLength).toBeGreaterThan(0)
    for (let at = 0; at < 5; at++) await serves()
    expect(watched.of(socket).writableLength).toBeLessThan(3_000_000)
    socket.destroy()
    watched.stop()
  })
})

describe('a client that is slow', () => {
  it('to send its body holds up nobody, however many there are', async () => {
    const { port } = new URL(server.base)
    const slow = Array.from({ length: 200 }, (_, at) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${customer.key}`, 'content-length': 1_000 }
      const sent = request({ port, host: '127.0.0.1', method: 'POST', path: at % 2 ? '/graphql' : '/surveys/x', headers }).on('error', () => {})
      sent.write('{"query":')
      return sent
    })
    await Promise.all(
      slow.map(
        (sent) => new Promise<void>((resolve) => sent.once('socket', (socket) => (socket.connecting ? socket.once('connect', resolve) : resolve()))),
      ),
    )
    for (let at = 0; at < 5; at++) await serves()
    for (const sent of slow) sent.destroy()
  })

  it('to send its headers is let go', async () => {
    expect(await slowHeaders).toMatch(/^(HTTP\/1\.1 408 Request Timeout|$)/)
    await serves()
  })

  it('to say who it is on a socket is let go', async () => {
    expect(new Set(await Promise.all(silent.map(({ closed }) => closed)))).toEqual(new Set([4408]))
    await serves()
  })

  it('is told so when its body is too large', async () => {
    expect(
      (await askOver(server, 'POST', { query: '{ viewer { id } }', extensions: { x: 'x'.repeat(33 * 1024 * 1024) } }, server.adminKey)).status,
    ).toBe(413)
  })
})
