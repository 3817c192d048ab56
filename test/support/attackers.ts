import { createHash } from 'node:crypto'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { hashSecret } from '../../src/services/access/api-keys.ts'
import { CreateApiKeyDocument } from '../generated/graphql.ts'
import type { TestServer } from './start-server.ts'

export const transports = ['POST', 'GET', 'SSE', 'WebSocket'] as const
export type Transport = (typeof transports)[number]

export const hashOf = (body: string) => createHash('sha256').update(body).digest('hex')

/** A partner with operations of its own. */
export async function createPartner(server: TestServer, name = 'Attacker') {
  const { createApiKey } = await server.run(CreateApiKeyDocument, { input: { name, role: 'PARTNER' } })
  if (createApiKey.__typename !== 'CreatedApiKey') throw new Error(createApiKey.message)
  const { secret: key } = createApiKey
  const row = await server.app.resources.database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(key) } })
  let version = 0
  return {
    key,
    keyId: row.id,
    partnerId: row.partnerId!,
    /** Written beside registerOperations, which refuses what a partner may never have: the guards behind it must hold too. */
    async register(bodies: string[]): Promise<void> {
      const { database, operations } = server.app.resources
      const documents = [...new Map(bodies.map((body) => [hashOf(body), body]))]
      await database.operationManifest.create({
        data: {
          partnerId: row.partnerId!,
          version: ++version,
          operations: {
            create: documents.map(([hash, body]) => {
              const [, type = 'query', name = 'Mine'] = /^\s*(\w+)\s+(\w+)?/.exec(body) ?? []
              return { hash, body, type, name, cost: 1, partnerId: row.partnerId! }
            }),
          },
        },
      })
      operations.forget()
    },
  }
}

export async function createCustomer(server: TestServer, externalId = 'attacker') {
  const { id } = await server.app.resources.database.customer.create({ data: { externalId, name: 'Attacker' } })
  return { id, key: await server.createKey('CUSTOMER', { customerId: id }) }
}

/** The first answer to a request, as text, whichever way it is asked; of a socket that is closed instead, its code. */
export async function askOver(
  server: TestServer,
  transport: Transport,
  params: Record<string, unknown>,
  key: string | null,
): Promise<{ status: number | null; text: string }> {
  if (transport === 'WebSocket') return { status: null, text: await firstMessage(server, params, key) }
  const headers: Record<string, string> = { ...(key !== null && { authorization: `Bearer ${key}` }) }
  headers.accept = transport === 'SSE' ? 'text/event-stream' : 'application/json'
  if (transport !== 'GET') headers['content-type'] = 'application/json'
  const response =
    transport === 'GET'
      ? await fetch(`${server.url}?${inUrl(params)}`, { headers })
      : await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(params) })
  return { status: response.status, text: await response.text() }
}

const inUrl = (params: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])).toString()

async function firstMessage(server: TestServer, params: Record<string, unknown>, key: string | null): Promise<string> {
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: key === null ? {} : { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  })
  try {
    const message = await new Promise((resolve) =>
      client.subscribe(
        { query: '', ...params },
        {
          next: resolve,
          error: (error) => resolve(Array.isArray(error) ? { errors: error } : { closed: (error as { code?: number }).code }),
          complete: () => resolve({ completed: true }),
        },
      ),
    )
    return JSON.stringify(message)
  } finally {
    await client.dispose()
  }
}

/** A socket that speaks what it is told, and not only what the protocol allows. */
export async function openSocket(server: TestServer, { key, protocol = 'graphql-transport-ws' }: { key?: string | null; protocol?: string } = {}) {
  const socket = new WebSocket(server.url.replace('http', 'ws'), protocol)
  const messages: any[] = []
  let arrived = Promise.withResolvers<void>()
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)))
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    arrived.resolve()
    arrived = Promise.withResolvers()
  })
  socket.on('error', () => {})
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const say = (message: object | string) => socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  async function until(count: number): Promise<any[]> {
    while (messages.length < count) await arrived.promise
    return messages
  }
  if (key !== undefined) {
    say({ type: 'connection_init', payload: key === null ? {} : { authorization: `Bearer ${key}` } })
    if (key !== null) await until(1)
  }
  return { socket, messages, closed, say, until }
}
