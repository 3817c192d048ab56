import { GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql'
import { createYoga, isAsyncIterable, type Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import type { Context } from '../context.ts'
import type { Resources } from '../resources.ts'
import { toClientError } from '../schema/errors.ts'
import type { LiveRights } from '../services/access/live-rights.ts'
import type { Viewer } from '../services/access/viewer.ts'
import type { KnownOperation } from '../stores/registered-operations.ts'
import { deprecationHeaders } from './deprecation.ts'
import { endWithRights } from './end-with-rights.ts'
import { idempotentMutations } from './idempotent-mutations.ts'
import { limitOperations } from './limit-operations.ts'
import { limitSubscriptions } from './limit-subscriptions.ts'
import { refuseBatches } from './refuse-batches.ts'
import { type NamedOperation, type OperationParams, resolveOperation } from './resolve-operation.ts'

export interface RequestContext {
  viewer: Viewer
  /** From a path such as /graphql/op/HASH/NAME. */
  named?: NamedOperation
  /** What a partner runs; known once the request was read. */
  registered?: KnownOperation | null
}

/** GraphQL over HTTP and server-sent events; its envelope of parsing, validation, execution and masking also serves the WebSocket. */
export function createGraphqlHttp(schema: GraphQLSchema, resources: Resources, rights: LiveRights) {
  const allowedOrigins = resources.config.ALLOWED_ORIGINS
  return createYoga<RequestContext, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    multipart: false,
    // Read and limited by role before Yoga sees them: its own limit is below that of an import.
    maxRequestBodySize: false,
    // Keys travel in a header that browsers never send on their own, so any page may ask; cookies are not allowed across origins.
    cors: {
      origin: allowedOrigins.size === 0 ? '*' : [...allowedOrigins],
      credentials: false,
      methods: ['GET', 'POST', 'OPTIONS'],
      allowedHeaders: ['authorization', 'content-type', 'x-requested-with', 'idempotency-key'],
      exposedHeaders: ['deprecation', 'sunset', 'idempotency-replayed', 'ratelimit', 'ratelimit-policy', 'retry-after'],
    },
    logging: false,
    context: ({ viewer }) => ({ ...resources, viewer }),
    maskedErrors: {
      maskError: (error) =>
        toClientError(error, { onBug: (bug, requestId) => resources.logger.error({ err: bug, requestId }, 'unexpected error in a resolver') }),
    },
    parserAndValidationCache: { documentCache: cacheOfTexts(), errorCache: cacheOfTexts() },
    plugins: [
      refuseBatches(),
      operationOfViewer(resources),
      limitOperations(resources),
      nameOperation(),
      idempotentMutations(resources),
      countOperations(resources),
      endWithRights(rights),
      limitSubscriptions(resources),
      storeNothing(),
      streamThroughProxies(),
    ],
  })
}

// By their length, not their number: a document in memory is many times as large as its text.
const cacheOfTexts = <Value extends object>() =>
  new LRUCache<string, Value>({ max: 1_000, maxSize: 1_000_000, sizeCalculation: (_value, text) => text.length + 1 })

export type GraphqlHttp = ReturnType<typeof createGraphqlHttp>

function operationOfViewer(resources: Resources): Plugin<Context, RequestContext> {
  return {
    async onParams({ params, request, setParams, context }) {
      const requestContext = context as RequestContext
      const { viewer, named } = requestContext
      if (viewer.role === 'CUSTOMER' && request.method === 'GET' && !namesItsAnswer(request)) throw mustNameAnswer()
      const given = request.method === 'GET' ? { ...params, ...idsInUrl(request.url) } : (params as OperationParams)
      const { documentId: _documentId, doc_id: _docId, ...rest } = given
      const { registered, ...resolved } = await resolveOperation(given, viewer, resources, named)
      requestContext.registered = registered
      setParams({ ...rest, ...resolved } as typeof params)
    },
    onResponse({ response, serverContext: { registered } }) {
      if (!registered) return
      for (const [name, value] of Object.entries(deprecationHeaders(registered))) response.headers.set(name, value)
    },
  }
}

// A link or an image that a browser merely opens asks for anything.
const namesItsAnswer = ({ headers }: Request) => /\b(json|event-stream)\b/i.test(headers.get('accept') ?? '')

const mustNameAnswer = () =>
  new GraphQLError('A customer’s GET must name the answer that it takes. Send "accept: application/json", or use POST.', {
    extensions: { code: 'INVALID_INPUT', http: { status: 406 } },
  })

// Yoga reads the standard parameters of a URL alone.
function idsInUrl(url: string): Pick<OperationParams, 'documentId' | 'doc_id'> {
  const { searchParams } = new URL(url, 'http://localhost')
  return { documentId: searchParams.get('documentId'), doc_id: searchParams.get('doc_id') }
}

/** Answers to GET depend on the key and change at any time: no cache may keep them. */
function storeNothing(): Plugin {
  return {
    onResponse({ request, response }) {
      if (request.method !== 'GET') return
      response.headers.set('cache-control', 'private, no-store')
      response.headers.append('vary', 'Authorization')
    },
  }
}

/** For the audit log: what the client calls it. */
function nameOperation(): Plugin<Context, RequestContext> {
  return {
    onExecute({ args, extendContext }) {
      const operation = getOperationAST(args.document, args.operationName)?.name?.value ?? null
      extendContext({ viewer: { ...args.contextValue.viewer, operation } })
    },
  }
}

/** nginx and its kind would gather events, or compress them, before they pass any on; Yoga's comment every 12 seconds keeps the connection open. */
function streamThroughProxies(): Plugin {
  return {
    onResponse({ response }) {
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return
      response.headers.set('cache-control', 'no-cache, no-transform')
      response.headers.set('x-accel-buffering', 'no')
    },
  }
}

function countOperations({ metrics }: Resources): Plugin<Context, RequestContext> {
  return {
    onExecute: ({ args }) => {
      const type = getOperationAST(args.document, args.operationName)?.operation ?? 'query'
      return {
        onExecuteDone: ({ result }) => {
          const hasErrors = 'errors' in result && (result.errors?.length ?? 0) > 0
          metrics.operations.inc({ type, outcome: hasErrors ? 'error' : 'ok' })
        },
      }
    },
    onSubscribe: () => {
      metrics.subscriptions.inc()
      metrics.operations.inc({ type: 'subscription', outcome: 'ok' })
      return {
        // One that is refused, such as for an unknown id, has no end of its own.
        onSubscribeResult: ({ result }) =>
          isAsyncIterable(result) ? { onEnd: () => metrics.subscriptions.dec() } : void metrics.subscriptions.dec(),
        onSubscribeError: () => metrics.subscriptions.dec(),
      }
    },
  }
}
