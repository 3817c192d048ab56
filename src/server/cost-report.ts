import { GraphQLError } from 'graphql'
import { type BudgetState, budgetSeconds } from '../stores/cost-budgets.ts'

export interface Charge extends BudgetState {
  cost: number
  maximum: number
}

/** In each answer to a caller with a budget. */
export const costExtension = ({ cost, maximum, available }: Charge) => ({
  requestedQueryCost: cost,
  throttleStatus: { maximumAvailable: maximum, currentlyAvailable: available, restoreRate: maximum / budgetSeconds },
})

/** The draft of the IETF’s HTTPAPI group, draft-ietf-httpapi-ratelimit-headers. */
export function rateLimitHeaders({ maximum, available, renewsInMs }: Charge): Record<string, string> {
  return {
    'ratelimit-policy': `"cost";q=${maximum};w=${budgetSeconds}`,
    ratelimit: `"cost";r=${available};t=${Math.ceil(renewsInMs / 1000)}`,
  }
}

export function budgetError({ cost, maximum, available, renewsInMs }: Charge): GraphQLError {
  const seconds = Math.ceil(renewsInMs / 1000)
  const isHopeless = cost > maximum
  const message = isHopeless
    ? `The operation costs ${cost} points, and your key has ${maximum} a minute. Ask for smaller pages with first, or ask an admin for a larger budget.`
    : `The operation costs ${cost} points, and ${available} of your ${maximum} a minute are left. Try again in ${seconds} seconds, or ask for smaller pages.`
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      limit: { name: 'costPerMinute', maximum, actual: isHopeless ? cost : maximum - available + cost },
      ...(!isHopeless && { retryAfterSeconds: seconds }),
      http: { status: 429, headers: isHopeless ? {} : { 'retry-after': String(seconds) } },
    },
  })
}
