import { randomUUID } from 'node:crypto'
import { GraphQLError, Kind } from 'graphql'
import { ExpectedError, InvalidInputError, RateLimitedError } from '../services/errors.ts'

// Top-level errors: what no result union can say.

export const unauthenticated = () =>
  new GraphQLError(
    'Send a valid key: `Authorization: Bearer <key>` over HTTP, or { "authorization": "Bearer <key>" } as WebSocket connection parameters.',
    {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
    },
  )
export const forbidden = () =>
  new GraphQLError('Your key’s role may not do this. Ask an admin for a key with another role.', { extensions: { code: 'FORBIDDEN' } })
export const invalidInput = (message: string) => new GraphQLError(message, { extensions: { code: 'INVALID_INPUT' } })
export const notFound = (what: string) =>
  new GraphQLError(`There is no such ${what}, or you may not see it. Check the id.`, { extensions: { code: 'NOT_FOUND' } })

/** A bug, as it is told: by its id the operator finds it in the log. */
export function internalError() {
  const requestId = randomUUID()
  return {
    message: `Something went wrong on our side. Try again, and if it stays, tell the operator: the log has it as requestId ${requestId}.`,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  }
}

/**
 * What the client sees of an error that no field declared. GraphQL's own errors, about the document, stay as they are, and those about its
 * variables get their code; an expected outcome keeps its message and code; anything else is a bug, which the log keeps and the client does not see.
 */
export function toClientError(error: unknown, { onBug }: { onBug: (error: unknown, requestId: string) => void }): GraphQLError {
  if (error instanceof GraphQLError && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION)
    return new GraphQLError(error.message, { ...located(error), extensions: { code: 'INVALID_INPUT' } })
  const original = error instanceof GraphQLError ? (error.originalError ?? undefined) : error
  if (error instanceof GraphQLError && original === undefined) return withoutCause(error)
  // A cursor that this server did not make, and other misuse that Pothos finds in the arguments.
  if (original instanceof Error && original.name === 'PothosValidationError')
    return new GraphQLError(original.message, { ...located(error), extensions: { code: 'INVALID_INPUT' } })
  if (original instanceof GraphQLError) return new GraphQLError(original.message, { ...located(error), extensions: original.extensions })
  if (original instanceof RateLimitedError) return new GraphQLError(original.message, { ...located(error), extensions: rateLimited(original) })
  if (original instanceof ExpectedError) return new GraphQLError(original.message, { ...located(error), extensions: { code: original.code } })
  if (isUnstorable(original)) {
    return new GraphQLError('A text contains a NUL character, or a cursor is not one that this server gave. Correct it and try again.', {
      ...located(error),
      extensions: { code: 'INVALID_INPUT' },
    })
  }
  const { message, extensions } = internalError()
  onBug(original, extensions.requestId)
  return new GraphQLError(message, { ...located(error), extensions })
}

function rateLimited({ code, limit, renewsAt }: RateLimitedError) {
  const retryAfterSeconds = Math.max(1, Math.ceil((renewsAt.getTime() - Date.now()) / 1000))
  return { code, limit, retryAfterSeconds, http: { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } } }
}

// What PostgreSQL refuses as text (22021, 22P05), and Prisma as a cursor, in arguments that only narrow a list.
function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'PrismaClientValidationError') return /\bcursor: \{/.test(error.message)
  return error.name === 'PrismaClientKnownRequestError' && /\b(22021|22P05)\b/.test(error.message)
}

// Yoga adds what its parser of JSON said, and that quotes what was sent.
function withoutCause(error: GraphQLError): GraphQLError {
  if (!('originalError' in error.extensions)) return error
  // Without it Yoga would answer such a request 200, as the specification has it for errors of a document.
  const { originalError: _originalError, ...extensions } = error.extensions
  return new GraphQLError(error.message, { ...located(error), extensions: { ...extensions, http: { status: 400 } } })
}

function located(error: unknown) {
  return error instanceof GraphQLError ? { nodes: error.nodes, path: error.path, source: error.source, positions: error.positions } : {}
}

export { InvalidInputError }
