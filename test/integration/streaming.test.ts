import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { print } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { decodeGlobalId, encodeGlobalId } from '../../src/schema/global-ids.ts'
import { followDraft } from '../../src/services/drafting/follow-draft.ts'
import { appendDraftEvent, draftTopic, type LoggedEvent } from '../../src/stores/event-log.ts'
import { DraftEventsDocument } from '../generated/graphql.ts'
import { askForDraft, collect, type DraftEvent, followOverSse, followOverWebSocket, openConversation, textAfter } from '../support/drafting.ts'
import { type Script, scriptGenerator } from '../support/scripted-generator.ts'
import { watchServerSockets } from '../support/server-sockets.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let script: Script = { pieces: [] }
const sockets = watchServerSockets()

beforeAll(async () => {
  server = await startServer({ generators: scriptGenerator(() => script).generators, environment: { EMBEDDER: 'none' } })
})
afterAll(async () => {
  sockets.stop()
  await server?.stop()
})

const transports = [
  { transport: 'a WebSocket', follow: followOverWebSocket },
  { transport: 'server-sent events', follow: followOverSse },
]

/** A draft that nobody writes but the test. */
async function draftOfOurOwn() {
  const { database, wakeUps } = server.app.resources
  const { id: conversationId } = decodeGlobalId(await openConversation(server))!
  const { id: turnMessageId } = await database.message.findFirstOrThrow({ where: { conversationId } })
  const leaseUntil = new Date(Date.now() + 600_000)
  const { id } = await database.draft.create({ data: { conversationId, turnMessageId, status: 'STREAMING', startedAt: new Date(), leaseUntil } })
  const texts: string[] = []
  return {
    id,
    globalId: encodeGlobalId('Draft', id),
    texts,
    async add(text: string) {
      const data = { offset: texts.join('').length, text }
      await appendDraftEvent(database, { draftId: id, type: 'DraftDelta', data, text, whileIn: ['STREAMING'] })
      texts.push(text)
      wakeUps.notify(draftTopic(id))
    },
    /** Many large deltas in one statement: as text that grows with each they would take minutes. */
    async addMany(count: number, size: number) {
      await database.$executeRaw`INSERT INTO "DraftEvent" ("draftId", "seq", "type", "data")
        SELECT ${id}, n, 'DraftDelta', jsonb_build_object('offset', (n - 1) * ${size}::int, 'text', repeat(chr(96 + n % 26), ${size}::int)) FROM generate_series(1, ${count}::int) AS n`
      await database.$executeRaw`UPDATE "Draft" SET "lastSeq" = ${count}::int, "text" = (
        SELECT string_agg("data"->>'text', '' ORDER BY "seq") FROM "DraftEvent" WHERE "draftId" = ${id}) WHERE "id" = ${id}`
      const { text } = await database.draft.findUniqueOrThrow({ where: { id } })
      for (let at = 0; at < text.length; at += size) texts.push(text.slice(at, at + size))
    },
    async complete() {
      await database.draft.update({ where: { id }, data: { status: 'READY', finishedAt: new Date() } })
      const data = { usage: { promptTokens: null, completionTokens: null } }
      await appendDraftEvent(database, { draftId: id, type: 'DraftCompleted', data, whileIn: ['READY'] })
      wakeUps.notify(draftTopic(id))
    },
  }
}

describe('following a draft', () => {
  it('ends with an error when the draft is deleted, instead of waiting for ever', async () => {
    const draft = await draftOfOurOwn()
    await draft.add('Some text')
    const events = await followDraft(server.app.resources, { draftId: draft.id, afterSeq: 0 })
    expect((await events.next()).value).toMatchObject({ seq: 1 })
    const next = events.next()
    await server.app.resources.database.draft.delete({ where: { id: draft.id } })
    await expect(next).rejects.toThrow('There is no such draft')
  })

  it('gives the same text after a reconnect at every position, over either transport', async () => {
    const draft = await draftOfOurOwn()
    for (let word = 1; word <= 40; word++) await draft.add(`word ${word} `)
    await draft.complete()
    for (let afterSeq = 0; afterSeq <= 41; afterSeq++) {
      for (const events of await Promise.all(transports.map(({ follow }) => collect(follow(server, draft.globalId, afterSeq))))) {
        expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 - afterSeq }, (_, index) => afterSeq + 1 + index))
        expect(textAfter(events, draft.texts.slice(0, afterSeq).join(''))).toBe(draft.texts.join(''))
      }
    }
  })

  it('gives those far behind a snapshot and what comes after it', async () => {
    const draft = await draftOfOurOwn()
    await draft.addMany(320, 8)
    await draft.complete()
    const check = (events: Pick<DraftEvent, '__typename' | 'seq'>[], afterSeq: number) => {
      const isFarBehind = 321 - afterSeq > 300
      expect(events.map(({ seq }) => seq)).toEqual(
        isFarBehind ? [320, 321] : Array.from({ length: 321 - afterSeq }, (_, index) => afterSeq + 1 + index),
      )
      if (isFarBehind) expect(events[0]!.__typename).toBe('DraftSnapshot')
    }
    // All around the place where it changes, and then some.
    for (let afterSeq = 0; afterSeq <= 321; afterSeq += afterSeq < 30 || afterSeq > 310 ? 1 : 10) {
      const events: LoggedEvent[] = []
      for await (const event of await followDraft(server.app.resources, { draftId: draft.id, afterSeq })) events.push(event)
      check(
        events.map(({ type, seq }) => ({ __typename: type as DraftEvent['__typename'], seq })),
        afterSeq,
      )
    }
    for (const afterSeq of [0, 20, 21, 319]) {
      for (const events of await Promise.all(transports.map(({ follow }) => collect(follow(server, draft.globalId, afterSeq))))) {
        check(events, afterSeq)
        expect(textAfter(events, draft.texts.slice(0, afterSeq).join(''))).toBe(draft.texts.join(''))
      }
    }
  })

  it('loses nothing when the connection is cut after every event and taken up by the other transport', async () => {
    script = { pieces: Array.from({ length: 12 }, (_, index) => [`word ${index} `, 45]).flat() }
    const draftId = await askForDraft(server)
    const seen: DraftEvent[] = []
    for (let turn = 0; seen.at(-1)?.__typename !== 'DraftCompleted'; turn++) {
      const events = transports[turn % 2]!.follow(server, draftId, seen.at(-1)?.seq ?? 0)
      const { value } = await events.next()
      if (!value) throw new Error('ended too early')
      seen.push(value)
      await events.return(undefined)
    }
    expect(seen).toEqual(await collect(followOverWebSocket(server, draftId)))
    expect(textAfter(seen)).toBe(
      script.pieces
        .filter((piece) => typeof piece === 'string')
        .join('')
        .trim(),
    )
  })

  it('sends the same events over either transport, live and later', async () => {
    script = { pieces: ['One ', 60, 'two ', 60, 'three.'] }
    const draftId = await askForDraft(server)
    const [first, ...others] = await Promise.all([...transports, ...transports].map(({ follow }) => collect(follow(server, draftId))))
    for (const { follow } of transports) others.push(await collect(follow(server, draftId)))
    for (const events of others) expect(events).toEqual(first)
    expect(first!.map(({ seq }) => seq)).toEqual(first!.map((_, index) => index + 1))
  })

  it('gives a follower that falls far behind in the middle a snapshot, and goes on with deltas', async () => {
    const draft = await draftOfOurOwn()
    await draft.add('The ')
    const follower = await followDraft(server.app.resources, { draftId: draft.id, afterSeq: 0 })
    expect((await follower.next()).value).toMatchObject({ seq: 1, data: { text: 'The ' } })
    for (let word = 0; word < 310; word++) await draft.add(`${word} `)
    expect((await follower.next()).value).toMatchObject({
      seq: 311,
      type: 'DraftSnapshot',
      data: { text: draft.texts.join(''), status: 'STREAMING' },
    })
    await draft.add('end.')
    expect((await follower.next()).value).toMatchObject({ seq: 312, type: 'DraftDelta', data: { text: 'end.' } })
    await draft.complete()
    expect((await follower.next()).value).toMatchObject({ seq: 313, type: 'DraftCompleted' })
    expect((await follower.next()).done).toBe(true)
  })
})

describe('a client that does not read', () => {
  const count = 250
  const size = 60_000
  const operations = 3

  it('over a WebSocket costs no memory and slows nobody, and has everything when it reads again', async () => {
    const draft = await draftOfOurOwn()
    await draft.addMany(count, size)
    await draft.complete()
    const paused = await openWebSocket()
    paused.connection.pause()
    for (let id = 0; id < operations; id++) paused.subscribe(String(id), draft.globalId)
    const ours = sockets.of(paused.connection)
    // Its own share of a draft of 15 MB, three times, is as far on its way as it can be when another one has all of it.
    await expect.poll(() => ours.writableLength).toBeGreaterThan(0)
    expect(textAfter(await collect(followOverWebSocket(server, draft.globalId)))).toBe(draft.texts.join(''))
    expect(textAfter(await collect(followOverSse(server, draft.globalId)))).toBe(draft.texts.join(''))
    expect(ours.writableLength).toBeLessThan(1_000_000)
    paused.connection.resume()
    await expect.poll(() => paused.completed.size, { timeout: 60_000 }).toBe(operations)
    for (const events of paused.events.values()) expect(textAfter(events)).toBe(draft.texts.join(''))
    paused.close()
  })

  it('over server-sent events costs no memory and slows nobody, and has everything when it reads again', async () => {
    const draft = await draftOfOurOwn()
    await draft.addMany(count, size)
    await draft.complete()
    const paused = await openSse(draft.globalId)
    paused.response.socket.pause()
    const ours = sockets.of(paused.response.socket)
    expect(textAfter(await collect(followOverSse(server, draft.globalId)))).toBe(draft.texts.join(''))
    await expect.poll(() => ours.writableLength).toBeGreaterThan(0)
    expect(ours.writableLength).toBeLessThan(1_000_000)
    paused.response.socket.resume()
    expect(textAfter(await paused.events())).toBe(draft.texts.join(''))
  })

  it('is let go after a while, with its subscription, and one that reads is not', async () => {
    const draft = await draftOfOurOwn()
    await draft.addMany(count, size)
    const open = async () => (await server.app.resources.metrics.subscriptions.get()).values[0]!.value
    const before = await open()
    const reader = await openSse(draft.globalId)
    const paused = await openSse(draft.globalId)
    const reading = reader.events()
    paused.response.socket.pause()
    const theirs = [reader, paused].map(({ response }) => sockets.of(response.socket))
    expect(theirs.map(({ timeout }) => timeout)).toEqual([120_000, 120_000])
    // Two minutes are too long for a test. The comments that keep a connection open come every 300 ms here.
    for (const socket of theirs) socket.setTimeout(3_000)
    await expect.poll(() => theirs[1]!.destroyed).toBe(true)
    await expect.poll(open).toBe(before + 1)
    await draft.complete()
    expect(textAfter(await reading)).toBe(draft.texts.join(''))
    await expect.poll(open).toBe(before)
  })

  it('over a WebSocket is let go when it has not answered a ping', async () => {
    const draft = await draftOfOurOwn()
    const paused = await openWebSocket()
    paused.subscribe('1', draft.globalId)
    paused.connection.pause()
    const ours = sockets.of(paused.connection)
    await expect.poll(() => ours.destroyed, { timeout: 60_000, interval: 500 }).toBe(true)
    paused.close()
  })

  it('cannot make the server answer without end', async () => {
    const flooder = await openWebSocket()
    flooder.connection.pause()
    const ours = sockets.of(flooder.connection)
    const question = JSON.stringify({ id: 'x', type: 'subscribe', payload: { query: `{ ${'a'.repeat(20_000)} }` } })
    // Until the server reads no more: the rest waits in this process, which is the client’s.
    for (let round = 0; round < 3_000 && flooder.socket.bufferedAmount < 4_000_000; round++) {
      flooder.socket.send(question.replace('"x"', `"${round}"`))
      if (round % 50 === 0) await new Promise(setImmediate)
    }
    script = { pieces: ['Hello.'] }
    expect(textAfter(await collect(followOverWebSocket(server, await askForDraft(server))))).toBe('Hello.')
    expect(ours.isPaused()).toBe(true)
    expect(ours.writableLength).toBeLessThan(2_000_000)
    flooder.close()
  })
})

it('keeps events out of the buffers of proxies, and the connection open', async () => {
  const draft = await draftOfOurOwn()
  const { response, end } = await openSse(draft.globalId)
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  const comments: string[] = []
  response.on('data', (data: Buffer) => void comments.push(String(data)))
  await expect.poll(() => comments.length).toBeGreaterThan(1)
  expect(comments.join('')).toMatch(/^(:\n\n)+$/)
  end()
})

async function openWebSocket() {
  const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws')
  await once(socket, 'open')
  const events = new Map<string, DraftEvent[]>()
  const completed = new Set<string>()
  const acknowledged = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    const { id, type, payload } = JSON.parse(String(data))
    if (type === 'connection_ack') acknowledged.resolve()
    if (type === 'next') events.set(id, [...(events.get(id) ?? []), payload.data.draftEvents])
    if (type === 'complete') completed.add(id)
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${server.adminKey}` } }))
  await acknowledged.promise
  return {
    socket,
    // The TCP connection below: paused, nothing is taken from the kernel.
    connection: (socket as unknown as { _socket: Socket })._socket,
    events,
    completed,
    subscribe: (id: string, draftId: string) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: print(DraftEventsDocument), variables: { draftId } } })),
    close: () => socket.terminate(),
  }
}

async function openSse(draftId: string) {
  const asking = request(server.url, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json', accept: 'text/event-stream' },
  })
  asking.end(JSON.stringify({ query: print(DraftEventsDocument), variables: { draftId } }))
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return {
    response,
    async events(): Promise<DraftEvent[]> {
      let text = ''
      for await (const data of response.setEncoding('utf8')) text += data
      const data = text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []))
      return data.map((result) => result.data.draftEvents)
    },
    end: () => asking.destroy(),
  }
}
