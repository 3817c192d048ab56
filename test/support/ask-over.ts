import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { TestServer } from './start-server.ts'

export const transports = ['HTTP', 'SSE', 'WebSocket'] as const
export type Transport = (typeof transports)[number]

export interface Asked {
  query: string
  variables?: Record<string, unknown>
}

/** The first result of an operation, whichever way it was sent. */
export async function askOver(
  transport: Transport,
  server: TestServer,
  { query, variables = {} }: Asked,
  key: string = server.adminKey,
): Promise<any> {
  if (transport === 'HTTP') return (await server.post({ query, variables }, { key })).body
  if (transport === 'SSE') {
    const { status, body } = await server.post({ query, variables }, { key, headers: { accept: 'text/event-stream' } })
    if (typeof body === 'object') return body
    const data = /^data: (\{.*\})$/m.exec(body)?.[1]
    if (!data) throw new Error(`${status}: ${body}`)
    return JSON.parse(data)
  }
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  })
  try {
    return await new Promise((resolve, reject) =>
      client.subscribe(
        { query, variables },
        {
          next: resolve,
          error: (errors) => (Array.isArray(errors) ? resolve({ errors }) : reject(errors)),
          complete: () => reject(new Error('no result')),
        },
      ),
    )
  } finally {
    await client.dispose()
  }
}
