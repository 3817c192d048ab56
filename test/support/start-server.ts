import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Role } from '../../src/generated/prisma/client.ts'
import { createLogger } from '../../src/lib/logger.ts'
import type { ResourceOverrides } from '../../src/resources.ts'
import { type NewApiKey, newSecret, storeApiKey } from '../../src/services/access/api-keys.ts'
import { keptEmbedder } from './kept-embedder.ts'
import { createTestDatabase } from './test-database.ts'

export interface TestServer {
  app: RunningApp
  url: string
  base: string
  adminKey: string
  /** Where its data is, for `beside`. */
  environment: Record<string, string>
  /** The data of an operation; throws when there are top-level errors. */
  run<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables, options?: { key?: string }): Promise<Data>
  /** The raw answer to any text. */
  post(body: unknown, options?: { key?: string | null; headers?: Record<string, string> }): Promise<{ status: number; headers: Headers; body: any }>
  /** Every event up to the end, over a WebSocket. */
  events<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables, options?: { key?: string }): AsyncIterableIterator<Data>
  createKey(role: Role, options?: Omit<NewApiKey, 'secret' | 'name' | 'role'>): Promise<string>
  /** Stops the server and starts another one on the same data. */
  restart(overrides?: ResourceOverrides): Promise<void>
  stop(): Promise<void>
}

/**
 * The whole server on port 0, with real parts; only the language model may be scripted. `beside` makes it another replica on that one's database,
 * which only PostgreSQL can serve; stop it first.
 */
export async function startServer({
  environment = {},
  beside,
  log,
  ...overrides
}: { environment?: Record<string, string>; beside?: TestServer; log?: (line: string) => void } & ResourceOverrides = {}): Promise<TestServer> {
  const database = beside ? { environment: beside.environment, remove: async () => {} } : await createTestDatabase()
  const adminKey = beside?.adminKey ?? newSecret()
  const config = readConfig({
    PORT: '0',
    GENERATOR: 'extractive',
    LOG_LEVEL: 'silent',
    // It asks the model once more, some time after the draft: a test that counts what the model was asked must not meet it.
    HAND_OVER_TIMEOUT_MS: '0',
    BOOTSTRAP_ADMIN_KEY: adminKey,
    ...database.environment,
    ...environment,
  })
  const logger = createLogger({ level: config.LOG_LEVEL, isTerminal: false, ...(log && { destination: { write: log } }) })
  const clients = new Set<ReturnType<typeof createClient>>()
  // A test that chooses the embedder gets what it chose, and another replica, which would be another process, a model of its own.
  const isChosen = beside || ['EMBEDDER', 'EMBEDDING_MODEL', 'MODELS_DIR'].some((name) => environment[name] !== undefined)
  const parts = isChosen ? overrides : { embedder: keptEmbedder, ...overrides }
  let app = await startApp(config, { logger, ...parts })

  const server: TestServer = {
    get app() {
      return app
    },
    get url() {
      return app.url
    },
    get base() {
      return new URL(app.url).origin
    },
    adminKey,
    environment: database.environment,
    async run(document, variables, options) {
      const { body } = await server.post({ query: print(document), variables }, options)
      if (body.errors) throw new Error(JSON.stringify(body.errors))
      return body.data
    },
    async post(body, { key = adminKey, headers = {} } = {}) {
      const response = await fetch(app.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
    },
    async *events(document, variables, { key = adminKey } = {}) {
      const client = createClient({
        url: app.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${key}` },
        retryAttempts: 0,
      })
      clients.add(client)
      try {
        for await (const { data, errors } of client.iterate({ query: print(document), variables: variables as Record<string, unknown> })) {
          if (errors) throw new Error(JSON.stringify(errors))
          yield data as never
        }
      } finally {
        clients.delete(client)
        await client.dispose()
      }
    },
    async createKey(role, options) {
      const secret = newSecret()
      await storeApiKey(app.resources.database, { secret, name: `A ${role.toLowerCase()}`, role, ...options })
      return secret
    },
    async restart(nextOverrides = parts) {
      await app.stop()
      app = await startApp(config, { logger, ...nextOverrides })
    },
    async stop() {
      for (const client of clients) await client.dispose()
      await app.stop()
      await database.remove()
    },
  }
  return server
}
