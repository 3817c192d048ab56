import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Config } from '../config.ts'
import { connectionFailure } from '../lib/connection-failure.ts'
import type { Logger } from '../lib/logger.ts'

export const budgetSeconds = 60
const timeoutMs = 500

export interface BudgetState {
  isEnough: boolean
  available: number
  /** Until all of it is there again. */
  renewsInMs: number
}

/** Points that callers may use up in a minute, which begins with the first of them. Of all replicas together when there is a Redis. */
export interface CostBudgets {
  /** Takes the points when they are all there, and otherwise none. */
  take(callerId: string, budget: { maximum: number; cost: number }): Promise<BudgetState>
  close(): Promise<void>
}

export function createCostBudgets({ config, logger }: { config: Pick<Config, 'REDIS_URL'>; logger: Logger }): CostBudgets {
  const redis = config.REDIS_URL === undefined ? null : connect(config.REDIS_URL, logger)
  // One for each size of a budget; what callers have used is kept by their ids alone, and forgotten when their minute is over.
  const limiters = new Map<number, RateLimiterAbstract>()

  function limiterOf(maximum: number): RateLimiterAbstract {
    const known = limiters.get(maximum)
    if (known) return known
    if (limiters.size >= mostSizes) limiters.delete(limiters.keys().next().value!)
    const options = { keyPrefix: 'understudy:cost', points: maximum, duration: budgetSeconds }
    const inMemory = new RateLimiterMemory(options)
    const limiter = redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: inMemory }) : inMemory
    limiters.set(maximum, limiter)
    return limiter
  }

  return {
    async take(callerId, { maximum, cost }) {
      const limiter = limiterOf(maximum)
      try {
        const { remainingPoints, msBeforeNext } = await limiter.consume(callerId, cost)
        return { isEnough: true, available: remainingPoints, renewsInMs: msBeforeNext }
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        // What is refused costs nothing, or one that asks too much could not ask little either.
        const { consumedPoints } = await limiter.reward(callerId, cost)
        return { isEnough: false, available: Math.max(0, maximum - consumedPoints), renewsInMs: Math.max(1, refusal.msBeforeNext) }
      }
    },
    async close() {
      redis?.disconnect()
    },
  }
}

const mostSizes = 1_000

/** While it is away each replica counts alone. */
function connect(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    connectionName: 'understudy-budgets',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: timeoutMs,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(5_000, 100 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2),
  })
  let isAway = false
  redis.on('error', (error) => {
    if (!isAway) logger.warn({ reason: connectionFailure(error) }, 'budgets are not shared through Redis: each replica counts alone until it is back')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) logger.info('budgets are shared through Redis again')
    isAway = false
  })
  return redis
}
