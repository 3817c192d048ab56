import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import type { Resources } from '../resources.ts'
import { documentLimits } from '../schema/document-limits.ts'
import { limitDocument, parseWithinLimits } from '../schema/limit-document.ts'
import { limitError } from '../schema/limit-error.ts'
import { priceRequest } from '../schema/price-request.ts'
import { budgetsOf } from '../services/access/budgets-of.ts'
import { budgetError, type Charge, chargeOf, costExtension, rateLimitHeaders } from './cost-report.ts'
import type { RequestContext } from './graphql-http.ts'
import { withoutSuggestions } from './without-suggestions.ts'

type Checked = { refusal: GraphQLError } | { charge: Charge | null }

/**
 * What a document may hold and cost, by role and by key. As part of the envelope it stands behind HTTP, server-sent events and WebSockets alike: a text is
 * parsed up to its limit, measured before it is validated, priced and charged before it is executed.
 */
export function limitOperations({ config, costBudgets }: Pick<Resources, 'config' | 'costBudgets'>): Plugin<Context, RequestContext> {
  const charges = new WeakMap<Request, Charge>()

  async function check({ schema, document, operationName, variableValues, contextValue }: ExecutionArgs): Promise<Checked> {
    const { viewer, request } = contextValue as Context & { request?: Request }
    const cost = priceRequest(schema, { document, operationName, variables: variableValues })
    if (cost === null) return { charge: null }
    const most = documentLimits[viewer.role].cost
    if (cost > most) return { refusal: limitError('cost', { maximum: most, actual: cost }) }
    const budgets = budgetsOf(viewer, config)
    if (budgets.length === 0) return { charge: null }
    const charge = chargeOf({ cost, budgets, taken: await costBudgets.take(budgets, cost), callerId: viewer.callerId })
    if (request) charges.set(request, charge)
    return charge.isEnough ? { charge } : { refusal: budgetError(charge) }
  }

  return {
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits as never)
    },
    // Thrown, and not given as the result of the validation: that is kept for all who send this document.
    onValidate({ params, context }) {
      limitDocument(params.documentAST, (context as unknown as RequestContext).viewer.role)
    },
    async onExecute({ args, setResultAndStopExecution }) {
      const checked = await check(args)
      if ('refusal' in checked) return void setResultAndStopExecution({ errors: [checked.refusal] })
      const { charge } = checked
      if (charge)
        return {
          onExecuteDone: ({ result, setResult }) => {
            if (!isAsyncIterable(result)) setResult(withCost(result, charge))
          },
        }
    },
    async onSubscribe({ args, setResultAndStopExecution }) {
      const checked = await check(args)
      if ('refusal' in checked) return void setResultAndStopExecution({ errors: [checked.refusal] } as never)
      const { charge } = checked
      if (!charge) return
      let isFirst = true
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (!isAsyncIterable(result)) return void setResult(withCost(result as ExecutionResult, charge) as never)
          return {
            onNext: ({ result: event, setResult: setEvent }) => {
              if (isFirst) setEvent(withCost(event as ExecutionResult, charge))
              isFirst = false
            },
          }
        },
      }
    },
    onExecutionResult({ result, setResult, context }) {
      if (result && 'errors' in result && result.errors) setResult({ ...result, errors: withoutSuggestions(result.errors, context.viewer) } as never)
    },
    onResponse({ request, response }) {
      const charge = charges.get(request)
      if (charge) for (const [name, value] of Object.entries(rateLimitHeaders(charge))) response.headers.set(name, value)
    },
  }
}

function withCost(result: ExecutionResult, charge: Charge): ExecutionResult {
  return { ...result, extensions: { ...result.extensions, cost: costExtension(charge) } }
}
