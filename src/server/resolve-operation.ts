import { GraphQLError } from 'graphql'
import type { Resources } from '../resources.ts'
import { documentLimits } from '../schema/document-limits.ts'
import { limitError } from '../schema/limit-error.ts'
import type { Viewer } from '../services/access/viewer.ts'
import { hashOf } from '../services/operations/document-hash.ts'
import type { KnownOperation } from '../stores/registered-operations.ts'
import { type IdParams, operationIdsIn } from './operation-id.ts'

export interface OperationParams extends IdParams {
  query?: string | null | undefined
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
}

/** What a path such as /graphql/op/HASH/NAME says. */
export interface NamedOperation {
  hash: string
  name: string | undefined
}

export interface ResolvedOperation {
  query: string
  operationName: string | undefined
  /** Null for whoever may send any text. */
  registered: KnownOperation | null
}

/**
 * Which document a request runs, for this viewer, whatever transport it came by. Every transport asks here: hooks of one of them do not apply to
 * the others. Throws a GraphQLError with its code.
 */
export async function resolveOperation(
  params: OperationParams,
  viewer: Viewer,
  { operations }: Pick<Resources, 'operations'>,
  named?: NamedOperation,
): Promise<ResolvedOperation> {
  const { query } = params
  const [id, another] = operationIdsIn(params, named?.hash)
  if (another !== undefined) throw refused('The request names two operations. Send one id.')
  // graphql-ws insists on a text, and is given an empty one beside an id.
  const hasText = typeof query === 'string' && !(query === '' && id !== undefined)
  const maximum = documentLimits[viewer.role].characters
  if (hasText && query.length > maximum) throw limitError('characters', { maximum, actual: query.length })
  if (hasText && id !== undefined && hashOf(query) !== id)
    throw refused('The hash is not the SHA-256 of the text that came with it. Send one of them.')
  if (viewer.role === 'PARTNER') return registeredOperation(params, viewer, { operations }, { id, name: named?.name })
  // Apollo would answer any other code by sending the whole text again.
  if (!hasText && id !== undefined)
    throw refused('Only keys of partners run operations by their hash. Send the text instead.', { code: 'PERSISTED_QUERY_NOT_IN_LIST' })
  if (!hasText) throw refused('The request has no query. Send the text of a GraphQL operation as "query".')
  return { query, operationName: params.operationName ?? undefined, registered: null }
}

async function registeredOperation(
  { operationName }: OperationParams,
  { partnerId }: Viewer,
  { operations }: Pick<Resources, 'operations'>,
  { id, name = operationName ?? undefined }: { id: string | undefined; name: string | undefined },
): Promise<ResolvedOperation> {
  if (id === undefined)
    throw refused('A partner’s key runs registered operations only. Send the hash of one as "documentId", or ask an admin to register this text.', {
      code: 'FORBIDDEN',
    })
  const registered = partnerId === null ? null : await operations.find(partnerId, id)
  if (!registered)
    throw refused('None of your registered operations has this hash. Ask an admin to register its text with registerOperations.', {
      code: 'PERSISTED_QUERY_NOT_IN_LIST',
    })
  const reason = whyRefused(registered)
  if (reason) throw refused(`${registered.name} ${reason}`, { code: 'FORBIDDEN' })
  if ([name, operationName].some((given) => given != null && given !== registered.name))
    throw refused(`The operation with this hash is named ${registered.name}. Send this name, or none.`)
  operations.use(registered)
  return { query: await operations.textOf(registered), operationName: registered.name, registered }
}

function whyRefused({ status, sunsetAt }: KnownOperation): string | null {
  if (status === 'DRAFT') return 'is registered as a draft. Ask an admin to activate it with activateOperations.'
  if (status === 'RETIRED') return 'is retired. Use the operation that took its place, or ask an admin.'
  if (status === 'DEPRECATED' && sunsetAt && sunsetAt.getTime() <= Date.now())
    return `ended on ${sunsetAt.toISOString()}. Use the operation that took its place, or ask an admin.`
  return null
}

function refused(message: string, { code = 'INVALID_INPUT' }: { code?: string } = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: code === 'FORBIDDEN' ? 403 : 400 } } })
}
