import { GraphQLError } from 'graphql'
import { forbidden } from '../schema/errors.ts'
import type { Viewer } from '../services/access/viewer.ts'

export interface OperationParams {
  query?: string | null
  operationName?: string | null
  variables?: Record<string, unknown> | null
  extensions?: Record<string, unknown> | null
}

const longestDocument = 50_000

/**
 * Which document a request runs, for this viewer, whatever transport it came by. Every transport asks here: hooks of one of them do not apply to
 * the others. Throws a GraphQLError with its code.
 */
export function resolveOperation(params: OperationParams, viewer: Viewer): string {
  if (viewer.role === 'PARTNER') throw forbidden()
  if (typeof params.query !== 'string') {
    // Apollo would answer any other code by sending the whole text again.
    if (params.extensions?.persistedQuery) throw badRequest('No such operation is registered. Send its text instead.', 'PERSISTED_QUERY_NOT_IN_LIST')
    throw badRequest('The request has no query. Send the text of a GraphQL operation as "query".')
  }
  if (params.query.length > longestDocument) {
    throw badRequest(
      `The operation has ${params.query.length} characters, and at most ${longestDocument} are allowed. Send data as variables, or split it.`,
    )
  }
  return params.query
}

function badRequest(message: string, code = 'INVALID_INPUT'): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}
