import { createHash } from 'node:crypto'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { TestServer } from '../start-server.ts'

export const transports = ['HTTP', 'SSE', 'WebSocket'] as const
export type Transport = (typeof transports)[number]

export interface Answer {
  data?: any
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
}

/** What to send instead of a text. */
export type Register = (body: string) => Promise<{ documentId: string }>

export interface Caller {
  /** The first answer to an operation; undefined when it ended without one. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer | undefined>
  stop(): Promise<void>
}

export async function openCaller(
  server: TestServer,
  { transport, key, register }: { transport: Transport; key: string | null; register: Register | null },
): Promise<Caller> {
  const toParams = register ?? (async (query: string) => ({ query }))
  if (transport === 'WebSocket') return overWebSocket(server, key, toParams)
  const accept = transport === 'SSE' ? 'text/event-stream' : 'application/json'
  return {
    async ask(query, variables = {}) {
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, ...(key !== null && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ ...(await toParams(query)), variables }),
      }
      // Once more, for a kept connection that the server closed in the same moment.
      const response = await fetch(server.url, request).catch(() => fetch(server.url, request))
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return (await response.json()) as Answer
      return firstEvent(response)
    },
    stop: async () => {},
  }
}

async function firstEvent(response: Response): Promise<Answer | undefined> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (!text.endsWith('\n')) continue
    const event = /event: (next|complete)\n(?:data: ?(.*)\n)?\n/.exec(text)
    if (event) return event[1] === 'next' ? (JSON.parse(event[2]!) as Answer) : undefined
  }
  return undefined
}

function overWebSocket(server: TestServer, key: string | null, toParams: (query: string) => Promise<object>): Caller {
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: key === null ? {} : { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazyCloseTimeout: 5_000,
  })
  return {
    async ask(query, variables = {}) {
      const params = await toParams(query)
      return new Promise<Answer | undefined>((resolve) => {
        const stop = client.subscribe(
          { query: '', ...params, variables },
          {
            next: (answer) => {
              resolve(answer as Answer)
              stop()
            },
            // A list of errors, or the event of a socket that was closed.
            error: (error) => resolve({ errors: Array.isArray(error) ? error : [{ message: 'closed', extensions: { code: 'UNAUTHENTICATED' } }] }),
            complete: () => resolve(undefined),
          },
        )
      })
    },
    stop: async () => client.dispose(),
  }
}

/** Notes what is asked, and answers nothing, or as if everything were there. */
export function recordingCaller(documents: Set<string>, answer: Answer | undefined): Caller {
  return {
    async ask(query) {
      documents.add(query)
      return answer
    },
    stop: async () => {},
  }
}

/** A partner runs nothing that is not registered. Written beside registerOperations, which would make a manifest of each of some hundred. */
export function registering(server: TestServer, { partnerId, manifestId }: { partnerId: string; manifestId: string }): Register {
  const registered = new Map<string, Promise<void>>()
  let waiting: { body: string; hash: string }[] = []
  let written: Promise<void> | null = null

  async function write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    const data = waiting.map((operation) => ({ ...operation, partnerId, manifestId, name: 'Walk', type: operation.body.split(' ', 1)[0]!, cost: 1 }))
    waiting = []
    written = null
    await server.app.resources.database.registeredOperation.createMany({ data })
    server.app.resources.operations.forget()
  }

  return async (body) => {
    const hash = createHash('sha256').update(body).digest('hex')
    if (!registered.has(hash)) {
      waiting.push({ body, hash })
      written ??= write()
      registered.set(hash, written)
    }
    await registered.get(hash)
    return { documentId: `sha256:${hash}` }
  }
}
