import { GraphQLError } from 'graphql'
import type { Level } from '../lib/token-bucket.ts'
import { type Budget, budgetSeconds, type Taken } from '../stores/cost-budgets.ts'

/** What an operation costs, and how the budget stands that has the least left for it. */
export interface Charge extends Level {
  cost: number
  maximum: number
  isEnough: boolean
  /** False: the budget of the partner through which a customer comes. */
  isOwn: boolean
}

export function chargeOf({ cost, budgets, taken, callerId }: { cost: number; budgets: Budget[]; taken: Taken; callerId: string }): Charge {
  const charges = budgets.map((budget, index) => ({
    ...taken.levels[index]!,
    cost,
    maximum: budget.maximum,
    isEnough: taken.isEnough,
    isOwn: budget.callerId === callerId,
  }))
  return charges.reduce((tightest, charge) =>
    charge.enoughInMs > tightest.enoughInMs || (charge.enoughInMs === tightest.enoughInMs && charge.available < tightest.available)
      ? charge
      : tightest,
  )
}

/** In each answer to a caller with a budget. */
export const costExtension = ({ cost, maximum, available }: Charge) => ({
  requestedQueryCost: cost,
  throttleStatus: { maximumAvailable: maximum, currentlyAvailable: available, restoreRate: maximum / budgetSeconds },
})

/** The draft of the IETF’s HTTPAPI group, draft-ietf-httpapi-ratelimit-headers: as much as `q` comes back in `w` seconds, and after `t` all is there. */
export function rateLimitHeaders({ maximum, available, fullInMs }: Charge): Record<string, string> {
  return {
    'ratelimit-policy': `"cost";q=${maximum};w=${budgetSeconds}`,
    ratelimit: `"cost";r=${available};t=${Math.ceil(fullInMs / 1000)}`,
  }
}

export function budgetError({ cost, maximum, available, enoughInMs, isOwn }: Charge): GraphQLError {
  const isHopeless = cost > maximum
  const seconds = Math.max(1, Math.ceil(enoughInMs / 1000))
  const has = isOwn ? 'your key has' : 'the partner that made your token has'
  const message = isHopeless
    ? `The operation costs ${cost} points, and ${has} ${maximum} at most. Ask for smaller pages with first, or ask an admin for a larger budget.`
    : `The operation costs ${cost} points, and ${has} ${available} of ${maximum} left, which come back steadily within ${budgetSeconds} seconds. Try again in ${seconds} seconds, or ask for smaller pages.`
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      limit: { name: 'costPerMinute', maximum, actual: isHopeless ? cost : maximum - available + cost },
      ...(!isHopeless && { retryAfterSeconds: seconds }),
      http: { status: 429, headers: isHopeless ? {} : { 'retry-after': String(seconds) } },
    },
  })
}
