// Asks one server the same thing again and again, from a process of its own.
import { Agent, request } from 'node:http'
import { serveParent } from './child.ts'

export interface RequestLoad extends Record<string, (input: never) => unknown> {
  /** Answers per second that hold the expected text. */
  run: (input: { url: string; key: string; query: string; expected: string; seconds: number; connections: number }) => Promise<number>
}

const handlers: RequestLoad = {
  async run({ url, key, query, expected, seconds, connections }) {
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
    let answers = 0
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
          await askOnce()
          answers += 1
        }
      }),
    )
    agent.destroy()
    return (1000 * answers) / (performance.now() - startedAt)
  },
}
serveParent(handlers)
