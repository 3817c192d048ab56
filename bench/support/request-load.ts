// Asks one server the same thing again and again, from a process of its own.
import { Agent, request } from 'node:http'
import { percentile } from '../statistics.ts'
import { serveParent } from './child.ts'

export interface RequestLoad extends Record<string, (input: never) => unknown> {
  /** Answers per second that hold the expected text. */
  run: (input: LoadInput) => Promise<number>
  /** The same, and how long the slowest of a hundred took. */
  time: (input: LoadInput) => Promise<{ perSecond: number; p99Ms: number }>
}

interface LoadInput {
  url: string
  key: string
  query: string
  expected: string
  seconds: number
  connections: number
}

const handlers: RequestLoad = {
  run: async (input) => (await handlers.time(input as never)).perSecond,
  async time({ url, key, query, expected, seconds, connections }) {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const body = JSON.stringify({ query })
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${key}`,
      'content-length': Buffer.byteLength(body),
    }
    const startedAt = performance.now()
    const endsAt = startedAt + seconds * 1000
    const tookMs: number[] = []
    const askOnce = () =>
      new Promise<void>((resolve, reject) => {
        const asked = request(url, { method: 'POST', agent, headers }, (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => {
            text += part
          })
          response.once('end', () => (text.includes(expected) ? resolve() : reject(new Error(`The server answered ${text.slice(0, 300)}`))))
        })
        asked.once('error', reject)
        asked.end(body)
      })
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (performance.now() < endsAt) {
          const askedAt = performance.now()
          await askOnce()
          tookMs.push(performance.now() - askedAt)
        }
      }),
    )
    agent.destroy()
    return { perSecond: (1000 * tookMs.length) / (performance.now() - startedAt), p99Ms: percentile(tookMs, 0.99) }
  },
}
serveParent(handlers)
