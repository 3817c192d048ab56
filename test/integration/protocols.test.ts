import { createClient as createSseClient } from 'graphql-sse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskOf } from '../support/desk.ts'
import { openRawSocket } from '../support/raw-socket.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
// It takes the ten seconds that a client has to say who it is: it waits while the other tests run.
let silent: Awaited<ReturnType<typeof openRawSocket>>
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  silent = await openRawSocket(server.url)
})
afterAll(async () => {
  silent?.close()
  await server?.stop()
})

const init = () => ({ type: 'connection_init', payload: { authorization: `Bearer ${server.adminKey}` } })
const subscribe = (id: string, query: string, variables?: object) => ({ id, type: 'subscribe', payload: { query, variables } })
const inbox = 'subscription { inboxEvents { __typename at } }'
const liveSubscriptions = async () => (await server.app.resources.metrics.subscriptions.get()).values[0]?.value ?? 0

async function connect() {
  const socket = await openRawSocket(server.url)
  socket.send(init())
  expect(await socket.next()).toEqual({ type: 'connection_ack' })
  return socket
}

describe('graphql-transport-ws', () => {
  const closings: [what: string, code: number, messages: (object | string)[], isConnected?: boolean][] = [
    ['what is no JSON', 4400, ['hello']],
    ['a message without a type', 4400, [{}]],
    ['a message of no known type', 4400, [{ type: 'shout' }], true],
    ['a message that only a server sends', 4400, [{ type: 'next', id: '1', payload: {} }], true],
    ['an acknowledgement from the client', 4400, [{ type: 'connection_ack' }], true],
    ['an operation without an id', 4400, [{ type: 'subscribe', payload: { query: '{ __typename }' } }], true],
    ['an operation with an id that is empty', 4400, [subscribe('', '{ __typename }')], true],
    ['an operation without a payload', 4400, [{ type: 'subscribe', id: '1' }], true],
    ['variables that are no object', 4400, [{ type: 'subscribe', id: '1', payload: { query: '{ __typename }', variables: 'no' } }], true],
    ['a completion without an id', 4400, [{ type: 'complete' }], true],
    ['an operation before the connection is acknowledged', 4401, [subscribe('1', '{ __typename }')]],
    ['a key that is wrong', 4403, [{ type: 'connection_init', payload: { authorization: 'Bearer wrong' } }]],
    ['no key', 4403, [{ type: 'connection_init' }]],
    ['two operations with one id', 4409, [subscribe('1', inbox), subscribe('1', '{ __typename }')], true],
    ['a second introduction', 4429, [{ type: 'connection_init' }], true],
    ['two introductions at once', 4429, [{ type: 'connection_init' }, { type: 'connection_init' }]],
    ['a message of more than a megabyte', 1009, [subscribe('1', `{ __typename } #${'x'.repeat(1024 * 1024)}`)], true],
  ]

  it.each(closings)('closes on %s with %i', async (_what, code, messages, isConnected = false) => {
    const socket = isConnected ? await connect() : await openRawSocket(server.url)
    for (const message of messages) socket.send(message)
    expect((await socket.closed).code).toBe(code)
  })

  it.each([
    ['no subprotocol', null, 4406],
    // The answer names none of the client's, which then ends the connection itself.
    ['the older graphql-ws', 'graphql-ws', 1006],
    ['another subprotocol', 'chat', 1006],
  ])('turns away a client of %s', async (_what, protocol, code) => {
    expect((await (await openRawSocket(server.url, protocol)).closed).code).toBe(code)
  })

  it('answers what is wrong with an operation, and goes on with the socket', async () => {
    const socket = await connect()
    for (const query of [
      '{ viewer {',
      '',
      '{ nothing }',
      'subscription { nothing }',
      'query A { __typename } query B { __typename }',
      'fragment F on Query { __typename }',
    ]) {
      socket.send(subscribe('1', query))
      const answer = await socket.next()
      const [error] = answer.type === 'error' ? answer.payload : answer.payload.errors
      expect(error.message).not.toBe('')
      if (answer.type === 'next') expect(await socket.next()).toEqual({ type: 'complete', id: '1' })
    }
    socket.send(subscribe('1', 'subscription ($id: ID!) { draftEvents(draftId: $id) { seq } }', { id: 'unknown' }))
    const unknown = await socket.next()
    expect((unknown.type === 'error' ? unknown.payload : unknown.payload.errors)[0].extensions.code).toBe('NOT_FOUND')
    if (unknown.type === 'next') expect(await socket.next()).toMatchObject({ type: 'complete' })
    socket.send(subscribe('2', '{ viewer { role } }'))
    expect(await socket.next()).toEqual({ type: 'next', id: '2', payload: { data: { viewer: { role: 'ADMIN' } } } })
    expect(await socket.next()).toEqual({ type: 'complete', id: '2' })
    socket.close()
  })

  it('answers pings, before and after the introduction, and takes pongs', async () => {
    const socket = await openRawSocket(server.url)
    socket.send({ type: 'ping', payload: { at: 1 } })
    expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 1 } })
    socket.send(init())
    expect(await socket.next()).toEqual({ type: 'connection_ack' })
    socket.send({ type: 'pong' })
    socket.send({ type: 'ping' })
    expect(await socket.next()).toEqual({ type: 'pong' })
    socket.close()
  })

  it('ends a subscription when the client completes it, and lets its id be used again', async () => {
    const socket = await connect()
    const before = await liveSubscriptions()
    socket.send(subscribe('__proto__', inbox))
    await expect.poll(liveSubscriptions).toBe(before + 1)
    await desk.open()
    expect(await socket.next()).toMatchObject({ type: 'next', id: '__proto__' })
    socket.send({ type: 'complete', id: '__proto__' })
    socket.send({ type: 'complete', id: 'never begun' })
    await expect.poll(liveSubscriptions).toBe(before)
    await desk.open()
    socket.send(subscribe('__proto__', '{ __typename }'))
    expect(await socket.next()).toMatchObject({ type: 'next', id: '__proto__', payload: { data: { __typename: 'Query' } } })
    expect(await socket.next()).toEqual({ type: 'complete', id: '__proto__' })
    socket.close()
  })

  it('lets the subscriptions of a socket go when it is cut', async () => {
    const socket = await connect()
    const before = await liveSubscriptions()
    socket.send(subscribe('1', inbox))
    socket.send(subscribe('2', inbox))
    await expect.poll(liveSubscriptions).toBe(before + 2)
    socket.close()
    await expect.poll(liveSubscriptions).toBe(before)
  })
})

describe('server-sent events, to graphql-sse in its mode of distinct connections', () => {
  const sse = (key = server.adminKey) => createSseClient({ url: server.url, headers: { authorization: `Bearer ${key}` }, retryAttempts: 0 })

  it('answers a query with one event, and a subscription with each', async () => {
    const client = sse()
    const answers = []
    for await (const answer of client.iterate({ query: '{ viewer { role } }' })) answers.push(answer)
    expect(answers).toEqual([{ data: { viewer: { role: 'ADMIN' } } }])
    const before = await liveSubscriptions()
    const events = client.iterate<any>({ query: inbox })
    const first = events.next()
    await expect.poll(liveSubscriptions).toBe(before + 1)
    await desk.open()
    expect((await first).value.data.inboxEvents).toMatchObject({ __typename: 'ConversationChanged' })
    await events.return?.()
    await expect.poll(liveSubscriptions).toBe(before)
    client.dispose()
  })

  it('lets all subscriptions go when the client is disposed of', async () => {
    const client = sse()
    const before = await liveSubscriptions()
    const ended = [client.iterate({ query: inbox }), client.iterate({ query: inbox })].map((events) => events.next().catch((error: unknown) => error))
    await expect.poll(liveSubscriptions).toBe(before + 2)
    client.dispose()
    await expect.poll(liveSubscriptions).toBe(before)
    await Promise.all(ended)
  })

  it('says what is wrong as a result with errors, which the client gets', async () => {
    const client = sse()
    const errorsOf = async (query: string, variables?: Record<string, unknown>) => {
      try {
        for await (const { errors } of client.iterate({ query, ...(variables && { variables }) })) return errors
      } catch (error) {
        return Array.isArray(error) ? error : [error]
      }
      return null
    }
    expect((await errorsOf('subscription ($id: ID!) { draftEvents(draftId: $id) { seq } }', { id: 'unknown' }))?.[0]).toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    })
    expect((await errorsOf('subscription { nothing }'))?.[0]?.message).toContain('Cannot query field')
    expect((await errorsOf('subscription {'))?.[0]?.message).toContain('Syntax Error')
    client.dispose()
  })

  it('refuses a wrong key with 401 before anything is streamed', async () => {
    const client = sse('wrong')
    const events = client.iterate({ query: inbox })
    await expect(events.next()).rejects.toMatchObject({ response: { status: 401 } })
    client.dispose()
  })

  it('does not offer the mode of a single connection', async () => {
    const reserve = await fetch(server.url, { method: 'PUT', headers: { authorization: `Bearer ${server.adminKey}` } })
    expect(reserve.status).toBe(405)
  })
})

it('closes a socket that does not say who it is, with 4408', async () => {
  expect(await silent.closed).toMatchObject({ code: 4408 })
})
