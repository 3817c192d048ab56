import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import type { GraphQLSchema } from 'graphql'
import type { Resources } from './resources.ts'
import { internalError, unauthenticated } from './schema/errors.ts'
import { isAllowedOrigin } from './server/allowed-origins.ts'
import { createConsoleSessions } from './server/console-sessions.ts'
import { serveDataset } from './server/dataset-file.ts'
import { createGraphqlHttp } from './server/graphql-http.ts'
import { serveWebSocket } from './server/graphql-websocket.ts'
import { readiness } from './server/health.ts'
import { BodyTooLargeError, mostBytesOf, readBody, withoutKeys } from './server/read-body.ts'
import type { NamedOperation } from './server/resolve-operation.ts'
import { serveSurveyPage } from './server/survey-page.ts'
import { unreadableParameter } from './server/unreadable-parameter.ts'
import { authenticate } from './services/access/authenticate.ts'
import { consoleViewer } from './services/access/console-viewer.ts'
import { createLiveRights } from './services/access/live-rights.ts'
import type { Viewer } from './services/access/viewer.ts'

const stalledAfterMs = 120_000
/** Whoever sends a byte now and then does not keep a connection: the headers have to come in ten seconds, a body of megabytes in two minutes. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000, keepAliveTimeout: 65_000 }

export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ListenError'
  }
}

export interface RunningServer {
  /** The base of links that are given out, without a slash at the end. */
  url: string
  /** Opens GraphiQL in a browser, once. */
  newConsoleLink(): string
  /** Says "not ready" from now on, so that a load balancer turns away. */
  drain(): void
  close(): Promise<void>
}

/** HTTP and WebSocket around a schema: /graphql and /graphql/op, /surveys, /exports, /health/live, /health/ready and /metrics; the first two only in the role of the API. */
export async function startServer(schema: GraphQLSchema, resources: Resources): Promise<RunningServer> {
  const { config, logger, metrics } = resources
  const isApi = config.ROLES.has('api')
  const rights = createLiveRights(resources)
  const yoga = createGraphqlHttp(schema, resources, rights)
  const sessions = createConsoleSessions()
  let isStopping = false

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Put behind a host: alone, "//" would be read as one, and is none.
    const url = new URL(`http://localhost${request.url?.startsWith('/') ? request.url : '/'}`)
    response.setHeader('x-content-type-options', 'nosniff')
    if (url.pathname === '/graphql' && isApi) return graphql(request, response, url)
    const [, hash, name] = /^\/graphql\/op\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
    if (hash !== undefined && isApi) {
      request.url = `/graphql${url.search}`
      return graphql(request, response, url, { hash: hash.replace(/%3a/i, ':'), name })
    }
    const [, surveyToken] = /^\/surveys\/([^/]+)$/.exec(url.pathname) ?? []
    if (surveyToken !== undefined && ['GET', 'HEAD', 'POST'].includes(request.method ?? ''))
      return serveSurveyPage(request, response, surveyToken, resources)
    const [, datasetToken] = /^\/exports\/([^/]+)$/.exec(url.pathname) ?? []
    if (datasetToken !== undefined && isApi && ['GET', 'HEAD'].includes(request.method ?? ''))
      return serveDataset(request, response, datasetToken, resources)
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply(response, 405, { error: 'Only GET is answered here.' })
    if (url.pathname === '/health/live') return reply(response, 200, { status: 'live' })
    if (url.pathname === '/health/ready') {
      const state = await readiness(resources, { isStopping })
      return reply(response, state.status === 'unavailable' ? 503 : 200, state)
    }
    if (url.pathname === '/metrics') {
      response.setHeader('content-type', metrics.registry.contentType)
      return void response.end(await metrics.registry.metrics())
    }
    reply(response, 404, {
      error: isApi
        ? 'Nothing is here. The API is at /graphql.'
        : 'This process only works (ROLES=worker): it has /health/live, /health/ready and /metrics. Ask one that has the role of the API.',
    })
  }

  async function graphql(request: IncomingMessage, response: ServerResponse, url: URL, named?: NamedOperation): Promise<void> {
    if (request.method === 'OPTIONS') return void (await yoga(request, response, { viewer: nobody }))
    if (request.method === 'GET' && !named && request.headers.accept?.includes('text/html')) return graphiql(request, response, url)
    if (!isAllowedOrigin(request, config)) {
      request.resume()
      return reply(
        response,
        403,
        refusal('Pages of this origin may not use this server. Its operator can add it to ALLOWED_ORIGINS.', { code: 'FORBIDDEN' }),
      )
    }
    // For answers that are not Yoga's, which sets its own.
    response.setHeader('access-control-allow-origin', config.ALLOWED_ORIGINS.size === 0 ? '*' : (request.headers.origin ?? 'null'))
    const viewer = await viewerOf(request)
    if (!viewer) {
      request.resume()
      const { message, extensions } = unauthenticated()
      response.setHeader('www-authenticate', 'Bearer')
      return reply(response, 401, refusal(message, { code: extensions.code }))
    }
    try {
      if (request.method === 'POST' && !isJson(request)) {
        request.resume()
        return reply(response, 415, refusal('Send the operation as JSON, with content-type: application/json.', { code: 'INVALID_INPUT' }))
      }
      const unreadable = request.method === 'GET' ? unreadableParameter(url) : null
      if (unreadable)
        return reply(
          response,
          400,
          refusal(`${unreadable} is not a JSON object. Send one, encoded for a URL, or use POST.`, { code: 'INVALID_INPUT' }),
        )
      const body = await readBody(request, mostBytesOf(viewer))
      await yoga(Object.assign(request, { body: body && withoutKeys(body) }), response, { viewer, ...(named && { named }) })
      endWhenStalled(request, response)
    } catch (error) {
      if (!(error instanceof BodyTooLargeError)) throw error
      response.setHeader('connection', 'close')
      reply(response, 413, refusal(error.message, { code: 'LIMIT_EXCEEDED', limit: error.limit }))
    }
  }

  async function viewerOf(request: IncomingMessage): Promise<Viewer | null> {
    if (request.headers.authorization) return authenticate(resources, request.headers.authorization)
    // The console's cookie counts for our own page only, whatever the browser's idea of SameSite is.
    const isOwnPage = request.headers['sec-fetch-site'] === 'same-origin' || request.headers.origin === `http://${request.headers.host}`
    return isOwnPage && sessions.isOpen(request.headers.cookie) ? consoleViewer(resources) : null
  }

  function graphiql(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const token = url.searchParams.get('link')
    if (token !== null) {
      const cookie = sessions.redeem(token)
      if (cookie) {
        response.setHeader('set-cookie', cookie)
        response.setHeader('location', '/graphql')
        return void response.writeHead(303).end()
      }
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    // GraphiQL brings its own scripts; no other page may show it, and it leads to no other.
    response.setHeader('content-security-policy', "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'none'")
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cache-control', 'no-store')
    if (!sessions.isOpen(request.headers.cookie)) {
      response.statusCode = 401
      return void response.end(
        '<!doctype html><title>Understudy</title><p>This page opens with the link that the server prints when it starts. It works once; restart the server for another one.</p>',
      )
    }
    response.end(renderGraphiQL({ title: 'Understudy', endpoint: '/graphql', defaultQuery: consoleQuery }))
  }

  const server = createServer(timeouts, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const { message, extensions } = internalError()
      logger.error({ err: error, requestId: extensions.requestId }, 'unexpected error in a request')
      if (!response.headersSent) reply(response, 500, refusal(message, extensions))
      else response.destroy()
    })
  })
  await listen(server, config)
  // After listening: the WebSocket server would report a port in use a second time, in its own words.
  const closeSockets = isApi ? serveWebSocket(server, yoga, resources, rights) : async () => {}
  const { address, port, family } = server.address() as AddressInfo
  const host = address === '::' || address === '0.0.0.0' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  resources.publicUrl.listensAt(`http://${host}:${port}`)
  const base = resources.publicUrl.base()
  return {
    url: base,
    newConsoleLink: () => `${base}/graphql?link=${sessions.newLinkToken()}`,
    drain() {
      isStopping = true
    },
    async close() {
      await closeSockets()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await yoga.dispose()
      rights.close()
    },
  }
}

// Yoga takes the time limit off a streaming socket. Its comments pass every 12 seconds, so that one on which nothing passes has a client that does
// not read; it comes back with afterSeq.
function endWhenStalled({ socket }: IncomingMessage, response: ServerResponse): void {
  if (response.writableEnded) return
  const end = () => response.destroy()
  socket.setTimeout(stalledAfterMs).once('timeout', end)
  response.once('close', () => socket.off('timeout', end))
}

// For the preflight of a browser, which asks for nothing yet.
const nobody: Viewer = { callerId: '', keyId: null, name: '', role: 'PARTNER', agentId: null, customerId: null, partnerId: null, expiresAt: null }

const consoleQuery = `# You are in as an admin. Try:
query Articles {
  articles(first: 5) { edges { node { id title category } } }
}
`

async function listen(server: ReturnType<typeof createServer>, { PORT, HOST }: Resources['config']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${PORT} of ${HOST} is in use. Stop what uses it, or start with another one: PORT=4001 npm start (0 takes any free one).`
          : `The server cannot listen on ${HOST}:${PORT} (${error.message}). Choose another HOST or PORT.`
      reject(new ListenError(reason, { cause: error }))
    })
    server.listen(PORT, HOST, resolve)
  })
}

/** What no browser sends across origins without having asked first. */
function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/(graphql(-response)?\+)?json *(;|$)/i.test(headers['content-type'] ?? '')
}

function refusal(message: string, extensions: object) {
  return { errors: [{ message, extensions }] }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
