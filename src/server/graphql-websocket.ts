import type { Server } from 'node:http'
import { GraphQLError } from 'graphql'
import { useServer as speakProtocol } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Resources } from '../resources.ts'
import { toClientError } from '../schema/errors.ts'
import { authenticate } from '../services/access/authenticate.ts'
import type { LiveRights } from '../services/access/live-rights.ts'
import type { Viewer } from '../services/access/viewer.ts'
import type { KnownOperation } from '../stores/registered-operations.ts'
import { isAllowedOrigin } from './allowed-origins.ts'
import { createHeldCounts } from './count-held.ts'
import { deprecationOf } from './deprecation.ts'
import type { GraphqlHttp } from './graphql-http.ts'
import { mostBytesWaiting, roomOn } from './hold-back.ts'
import { tooMany } from './limit-subscriptions.ts'
import { resolveOperation } from './resolve-operation.ts'
import { withoutSuggestions } from './without-suggestions.ts'

const mostBytesPerMessage = 1024 * 1024
const mostSubscriptionsPerSocket = 100
const pingEveryMs = 15_000

/** graphql-transport-ws on the HTTP server's port. Ends its sockets when the returned function is called. */
export function serveWebSocket(server: Server, yoga: GraphqlHttp, resources: Resources, rights: LiveRights): () => Promise<void> {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: mostBytesPerMessage,
    verifyClient: ({ req }, answer) => answer(isAllowedOrigin(req, resources.config), 403, 'Its Origin is not in ALLOWED_ORIGINS'),
  })
  const held = createHeldCounts()
  const viewers = new WeakMap<object, Viewer>()
  // By the arguments of an execution, until its first result.
  const registeredOperations = new WeakMap<object, KnownOperation>()
  async function connect(socket: WebSocket, connectionParams: Record<string, unknown> | undefined): Promise<boolean> {
    const authorization = connectionParams?.authorization ?? connectionParams?.Authorization
    const viewer = await authenticate(resources, typeof authorization === 'string' ? authorization : null)
    // One that closed meanwhile would never give back what it takes.
    if (!viewer || socket.readyState !== socket.OPEN) return false
    const giveBack = held.take(viewer.callerId, resources.config.SOCKETS_PER_KEY)
    // Try again later: graphql-ws does so by itself.
    if (!giveBack) {
      socket.close(1013, `At most ${resources.config.SOCKETS_PER_KEY} sockets for a key`)
      return false
    }
    socket.once('close', giveBack)
    viewers.set(socket, viewer)
    // The protocol's code for this: a client may connect again, with a key or token that is valid.
    const stop = rights.watch(viewer, () => socket.close(4403, 'Forbidden'))
    socket.once('close', stop)
    return true
  }
  const onBug = (error: unknown, requestId?: string) => resources.logger.error({ err: error, requestId }, 'unexpected error behind a WebSocket')

  const protocol = speakProtocol(
    {
      connectionInitWaitTimeout: 10_000,
      // Tells the client of an unexpected error that there was one, and no more.
      isProd: true,
      jsonMessageReviver: refuseServerMessages,
      onConnect: async ({ extra, connectionParams }) => {
        try {
          return await connect(extra.socket, connectionParams)
        } catch (error) {
          onBug(error)
          extra.socket.close(1013, 'Something went wrong on our side, try again later')
          return false
        }
      },
      onSubscribe: async ({ extra, subscriptions }, _id, params) => {
        const viewer = viewers.get(extra.socket)
        if (!viewer) return [new GraphQLError('Connect first.', { extensions: { code: 'UNAUTHENTICATED' } })]
        if (Object.keys(subscriptions).length > mostSubscriptionsPerSocket) {
          return forSocket([tooMany('operationsPerSocket', mostSubscriptionsPerSocket, 'This socket')], viewer)
        }
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({ viewer, params })
        try {
          const { query, operationName, registered } = await resolveOperation(params, viewer, resources)
          const document = parse(query)
          const errors = validate(schema, document)
          if (errors.length > 0) return forSocket(errors, viewer)
          const args = {
            schema,
            operationName,
            document,
            variableValues: params.variables,
            contextValue: { ...((await contextFactory()) as object), registered },
            execute,
            subscribe,
            rootValue: { execute, subscribe },
          }
          if (registered) registeredOperations.set(args, registered)
          return args as never
        } catch (error) {
          // A syntax error, for one: thrown, it would close the whole socket.
          return forSocket([toClientError(error, { onBug })], viewer)
        }
      },
      // The next event is asked for when this one is sent, and graphql-ws waits for that; many subscriptions together wait here.
      onNext: async ({ extra }, _id, _params, args, result) => {
        await roomOn(extra.request.socket)
        const viewer = viewers.get(extra.socket)!
        const registered = registeredOperations.get(args)
        registeredOperations.delete(args)
        // A socket has no headers.
        const deprecation = registered && deprecationOf(registered)
        if (!deprecation && !result.errors) return
        return {
          ...result,
          ...(result.errors && { errors: forSocket(result.errors as GraphQLError[], viewer) }),
          ...(deprecation && { extensions: { ...result.extensions, deprecation } }),
        } as never
      },
      // What a subscription throws in the middle of its events comes here as it is.
      onError: ({ extra }, _id, _payload, errors) =>
        forSocket(
          errors.map((error) => toClientError(error, { onBug })),
          viewers.get(extra.socket)!,
        ),
      execute: (args) => (args as unknown as { rootValue: { execute: (args: unknown) => unknown } }).rootValue.execute(args) as never,
      subscribe: (args) => (args as unknown as { rootValue: { subscribe: (args: unknown) => unknown } }).rootValue.subscribe(args) as never,
    },
    sockets,
    // Also ends a socket whose client has not answered the ping before, as one that does not read.
    pingEveryMs,
  )
  sockets.on('connection', (socket) => {
    // A client that is gone is no error: graphql-ws would write one to the console for each message that it did not get.
    const send = socket.send.bind(socket) as (data: string, callback: () => void) => void
    socket.send = (data: string, callback?: unknown) => send(data, () => (callback as (() => void) | undefined)?.())
    // Nor is one that sends too much or no frames: ws closes the socket with its code, and graphql-ws would write a stack to the console.
    socket.removeAllListeners('error')
    socket.on('error', (error) => resources.logger.debug({ reason: error.message }, 'a WebSocket ended with an error'))
  })
  // Answers to what is asked without reading would wait without limit; what is not read is not asked either.
  sockets.on('connection', (socket, { socket: connection }) => {
    socket.on('message', () => {
      if (connection.writableLength <= mostBytesWaiting || socket.isPaused) return
      socket.pause()
      void roomOn(connection).then(() => socket.resume())
    })
  })
  return async () => {
    for (const socket of sockets.clients) socket.close(1001, 'The server is stopping')
    await protocol.dispose()
    sockets.close()
  }
}

const typesOfServer = new Set(['connection_ack', 'next', 'error'])

/** Of the whole message, whose key is empty. What this throws closes the socket with 4400; left to graphql-ws, it would be our error, with 4500. */
function refuseServerMessages(key: string, value: unknown): unknown {
  if (key === '' && typesOfServer.has((value as { type?: string } | null)?.type ?? '')) throw new Error('This is for the server to send.')
  return value
}

function forSocket(errors: readonly GraphQLError[], viewer: Viewer): GraphQLError[] {
  return withoutSuggestions(errors, viewer).map(withoutHttp)
}

// The status is for the HTTP answer alone.
function withoutHttp(error: GraphQLError): GraphQLError {
  if (!error.extensions?.http) return error
  const { http: _http, ...extensions } = error.extensions
  return new GraphQLError(error.message, { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path, extensions })
}
