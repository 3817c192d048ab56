import { print } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import WebSocket from 'ws'
import { watchStatements } from '../../bench/support/count-statements.ts'
import { DraftEventsDocument, type DraftEventsSubscription } from '../generated/graphql.ts'
import { askForDraft, collect, type DraftEvent, followOverWebSocket, textAfter } from '../support/drafting.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// `npm run bench -- fan-out` has a thousand, and measures how late they are.
const sockets = 5
const perSocket = 50
const words = 20
const released = Array.from({ length: words }, () => Promise.withResolvers<void>())
const scripted = scriptGenerator({ pieces: released.flatMap(({ promise }, index) => [() => promise, `word ${index} `]) })
const clients: Client[] = []
let server: TestServer
let reads = 0

let statementWatch: ReturnType<typeof watchStatements>
beforeAll(async () => {
  statementWatch = watchStatements((sql) => {
    if (sql.includes('FROM "DraftEvent"')) reads += 1
  })
  server = await startServer({ generators: scripted.generators, environment: { EMBEDDER: 'none' } })
})
afterAll(async () => {
  statementWatch?.stop()
  for (const client of clients) await client.dispose()
  await server?.stop()
})

it(`streams one draft to ${sockets * perSocket} subscribers over real WebSockets, each complete and in order, with few queries`, async () => {
  const draftId = await askForDraft(server)
  for (let socket = 0; socket < sockets; socket++)
    clients.push(
      createClient({
        url: server.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${server.adminKey}` },
        retryAttempts: 0,
      }),
    )
  const received = new Map<number, DraftEvent[]>()
  const subscribe = async (client: Client, subscriber: number) => {
    const events: DraftEvent[] = []
    received.set(subscriber, events)
    for await (const { data } of client.iterate<DraftEventsSubscription>({ query: print(DraftEventsDocument), variables: { draftId } }))
      events.push(data!.draftEvents)
  }
  const all = clients.flatMap((client, index) => Array.from({ length: perSocket }, (_, place) => subscribe(client, index * perSocket + place)))
  const everybodyHas = (count: number) => [...received.values()].every((events) => events.length >= count)
  await expect.poll(() => everybodyHas(3)).toBe(true)

  reads = 0
  const startedAt = performance.now()
  for (const [index, { resolve }] of released.entries()) {
    resolve()
    await expect.poll(() => everybodyHas(4 + index), { interval: 5 }).toBe(true)
  }
  await Promise.all(all)
  const readsOfAll = reads
  const seconds = (performance.now() - startedAt) / 1000

  const expected = await collect(followOverWebSocket(server, draftId))
  expect(expected.at(-1)?.__typename).toBe('DraftCompleted')
  for (const events of received.values()) expect(events).toEqual(expected)
  expect(textAfter(expected)).toBe(Array.from({ length: words }, (_, index) => `word ${index}`).join(' '))
  // Statements are counted in the embedded database. What was written here is handed over; who heard nothing for a second looks.
  if (inject('database').kind === 'postgres') return
  expect(readsOfAll).toBeLessThan(5 + 5 * seconds)
})
