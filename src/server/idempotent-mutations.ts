import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
  Kind,
  print,
  type SelectionSetNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Resources } from '../resources.ts'
import { toClientError } from '../schema/errors.ts'
import { encodeGlobalId } from '../schema/global-ids.ts'
import { IdempotencyConflictError } from '../services/errors.ts'
import { type Claim, claimRequest } from '../services/idempotency/claim-request.ts'
import { keepAnswer, keepNoAnswer } from '../services/idempotency/end-request.ts'
import { hasOwnKey, showsSecret } from './mutation-traits.ts'

type RequestParts = { request?: Request; params?: { extensions?: { idempotencyKey?: unknown } | null } }
type Execute = (args: ExecutionArgs) => Promise<ExecutionResult>

const header = 'idempotency-key'
const replayedHeader = 'idempotency-replayed'
const longestAnswer = 1_000_000
/** Another try may mend these, so they are no answers to keep. */
const passingCodes: unknown[] = ['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'RATE_LIMITED']

/**
 * A mutation that comes with an idempotency key, in the header of HTTP or in the extensions of a WebSocket's message, is executed once: whoever
 * sends it again within a day gets the first answer. Queries have no use for it.
 */
export function idempotentMutations(resources: Resources): Plugin<Context> {
  const replayed = new WeakSet<Request>()

  async function answerOnce(args: ExecutionArgs, execute: Execute): Promise<ExecutionResult> {
    const context = args.contextValue as Context & RequestParts
    const key = keyOf(context)
    if (key === undefined) return execute(args)
    if (key === null)
      return refusal('INVALID_INPUT', 'The idempotency key must have 1 to 200 printable ASCII characters. Send a random one, such as a UUID.')
    const fields = rootFields(args)
    const isRepeatable = fields.every((name) => hasOwnKey(args.schema, name))
    const claim = await claimRequest(resources, { callerId: context.viewer.callerId, key, digest: digestOf(args), isRepeatable })
    if (claim.state !== 'EXECUTE') {
      if (claim.state === 'ANSWERED' && context.request) replayed.add(context.request)
      return answerTo(claim, context.request?.headers.has(header) ? 'Idempotency-Key header' : 'extensions.idempotencyKey')
    }
    const viewer = { ...context.viewer, idempotentRequestId: claim.id }
    const result = await execute({ ...args, contextValue: { ...context, viewer, idempotencyKey: key } })
    await keep(claim.id, result, { isRepeatable, isSecret: fields.some((name) => showsSecret(args.schema, name)) }).catch((error: unknown) =>
      // It is executed, and whoever asked shall hear so; a repetition finds the change in the audit log.
      resources.logger.error({ err: error, requestId: claim.id }, 'the answer to a request with an idempotency key could not be kept'),
    )
    return result
  }

  async function keep(id: string, result: ExecutionResult, { isRepeatable, isSecret }: { isRepeatable: boolean; isSecret: boolean }): Promise<void> {
    const errors = result.errors?.map((error) => toClientError(error, { onBug: () => {} }))
    const answer = JSON.stringify({ data: result.data, errors })
    const isPassing = errors?.some(({ extensions }) => passingCodes.includes(extensions.code)) ?? false
    if (isPassing || isSecret || answer.length > longestAnswer) await keepNoAnswer(resources, id, { isRepeatable })
    else await keepAnswer(resources, id, answer)
  }

  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      if (getOperationAST(args.document, args.operationName)?.operation !== 'mutation') return
      setExecuteFn((executed: ExecutionArgs) => answerOnce(executed, executeFn as Execute))
    },
    onResponse({ request, response }) {
      if (replayed.has(request)) response.headers.set(replayedHeader, 'true')
    },
  }
}

/** Undefined: none was given. Null: it is not one. */
function keyOf({ request, params }: RequestParts): string | null | undefined {
  const key = request?.headers.get(header) ?? params?.extensions?.idempotencyKey
  if (key === undefined || key === null) return undefined
  return typeof key === 'string' && /^[\x20-\x7e]{1,200}$/.test(key) ? key : null
}

function digestOf({ document, operationName, variableValues }: ExecutionArgs): string {
  return createHash('sha256')
    .update(canonicalJson([print(document), operationName ?? null, variableValues ?? {}]))
    .digest('hex')
}

/** The mutations that a request holds, by their names in the schema. */
function rootFields({ document, operationName }: ExecutionArgs): string[] {
  const operation = getOperationAST(document, operationName)
  return operation ? namesIn(operation.selectionSet, document) : []
}

function namesIn({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value]
    if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet, document)
    const fragment = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value)
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? namesIn(fragment.selectionSet, document) : []
  })
}

function answerTo(claim: Exclude<Claim, { state: 'EXECUTE' }>, keyName: string): ExecutionResult {
  switch (claim.state) {
    case 'ANSWERED': {
      const { data, errors } = JSON.parse(claim.answer) as FormattedExecutionResult
      const thrown = errors?.map(({ message, path = null, extensions = null }) => new GraphQLError(message, { path, extensions }))
      return { data: data ?? null, ...(thrown && { errors: thrown }) }
    }
    case 'CONFLICT': {
      const { code, message } = new IdempotencyConflictError(keyName)
      return refusal(code, message)
    }
    case 'BUSY':
      return refusal('UNAVAILABLE', 'The first request with this idempotency key is still at work. Send it again in a moment, with the same key.')
    case 'NOT_KEPT': {
      const { action = null, targetType, targetId } = claim.change ?? {}
      const target = targetType && targetId ? encodeGlobalId(targetType, targetId) : null
      const what = action ? `: ${action}${target ? ` of ${target}` : ''}` : ''
      return refusal(
        'ANSWER_NOT_KEPT',
        `The request with this idempotency key was executed${what}. Its answer is not kept: it was lost, is too long, or holds a secret that is shown once. Load what it changed, and use a new key for a new request.`,
        { action, targetId: target },
      )
    }
  }
}

function refusal(code: string, message: string, extensions: object = {}): ExecutionResult {
  return { data: null, errors: [new GraphQLError(message, { extensions: { code, ...extensions } })] }
}
