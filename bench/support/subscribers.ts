// Many subscribers of one draft, in a process of their own.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { serveParent } from './child.ts'
import { type DraftEvent, draftEvents } from './operations.ts'

export interface Subscribers extends Record<string, (input: never) => unknown> {
  /** Opens the sockets. */
  connect: (input: { url: string; key: string; sockets: number }) => Promise<void>
  /** Subscribes so often on each socket, and resolves when each subscription has ended. */
  follow: (input: { draftId: string; perSocket: number }) => Promise<FollowReport>
  disconnect: () => Promise<void>
}

export interface FollowReport {
  subscribers: number
  /** Those that had every event once, in order, up to DraftCompleted, and whose deltas are the draft’s text. */
  complete: number
  events: number
  /** From an event’s `at` to its receipt, of the events with text that were not there yet when the subscriber came. */
  delaysMs: Float64Array
  problems: string[]
}

let clients: ReturnType<typeof createClient>[] = []

const handlers: Subscribers = {
  async connect({ url, key, sockets }) {
    clients = Array.from({ length: sockets }, () =>
      createClient({
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${key}` },
        retryAttempts: 0,
        lazyCloseTimeout: 600_000,
      }),
    )
    // A query opens the socket, so that the subscriptions find it open.
    for (const client of clients) for await (const _result of client.iterate({ query: '{ __typename }' }));
  },
  async follow({ draftId, perSocket }) {
    const subscribedAt = Date.now()
    const delaysMs: number[] = []
    const report: FollowReport = { subscribers: clients.length * perSocket, complete: 0, events: 0, delaysMs: new Float64Array(), problems: [] }
    const subscribe = async (client: (typeof clients)[number]) => {
      let seq = 0
      let text = ''
      for await (const { data, errors } of client.iterate<{ draftEvents: DraftEvent }>({ query: draftEvents, variables: { draftId } })) {
        const now = Date.now()
        if (!data) throw new Error(errors?.[0]?.message ?? 'no event')
        const event = data.draftEvents
        const at = Date.parse(event.at)
        report.events += 1
        if (event.seq !== seq + 1) throw new Error(`event ${event.seq} came after ${seq}`)
        seq = event.seq
        if (event.__typename === 'DraftDelta') {
          if (event.offset !== text.length) throw new Error(`offset ${event.offset} after ${text.length} characters`)
          text += event.text
          if (at > subscribedAt) delaysMs.push(now - at)
        }
        if (event.__typename !== 'DraftCompleted') continue
        if (event.draft!.text !== text) throw new Error('its deltas are not its text')
        report.complete += 1
        return
      }
      throw new Error(`it ended after event ${seq}`)
    }
    const all = clients.flatMap((client) => Array.from({ length: perSocket }, () => subscribe(client)))
    for (const outcome of await Promise.allSettled(all))
      if (outcome.status === 'rejected') report.problems.push(String(outcome.reason?.message ?? outcome.reason))
    report.delaysMs = Float64Array.from(delaysMs)
    return report
  },
  async disconnect() {
    for (const client of clients) await client.dispose()
    clients = []
  },
}
serveParent(handlers)
