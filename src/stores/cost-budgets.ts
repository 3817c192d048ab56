import { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Config } from '../config.ts'
import { connectionFailure } from '../lib/connection-failure.ts'
import type { Logger } from '../lib/logger.ts'
import { type Bucket, fillMs, type Level, levelOf, missingNow } from '../lib/token-bucket.ts'

export const budgetSeconds = fillMs / 1000
const timeoutMs = 500
const mostCallers = 100_000

/** So many points at most, which come back steadily: all of them in a minute. */
export interface Budget {
  callerId: string
  maximum: number
}

/** After the taking, in the order of the budgets. */
export interface Taken {
  isEnough: boolean
  levels: Level[]
}

/** What callers have left to spend. Of all replicas together when there is a Redis. */
export interface CostBudgets {
  /** Takes the points from each of the budgets when all have them, and otherwise from none. */
  take(budgets: Budget[], cost: number): Promise<Taken>
  close(): Promise<void>
}

export function createCostBudgets({
  config,
  logger,
  now = Date.now,
}: {
  config: Pick<Config, 'REDIS_URL'>
  logger: Logger
  now?: () => number
}): CostBudgets {
  const takeHere = takeInMemory(now)
  if (config.REDIS_URL === undefined) return { take: async (budgets, cost) => takeHere(budgets, cost), close: async () => {} }
  const { redis, noteFailure } = connect(config.REDIS_URL, logger)
  return {
    async take(budgets, cost) {
      try {
        return await takeInRedis(redis, budgets, cost)
      } catch (error) {
        noteFailure(error)
        return takeHere(budgets, cost)
      }
    },
    async close() {
      redis.disconnect()
    },
  }
}

function takeInMemory(now: () => number): (budgets: Budget[], cost: number) => Taken {
  const buckets = new LRUCache<string, Bucket>({ max: mostCallers, ttl: fillMs })
  return (budgets, cost) => {
    const nowMs = now()
    const missing = budgets.map(({ callerId, maximum }) => missingNow(buckets.get(callerId), { maximum, nowMs }))
    const isEnough = budgets.every(({ maximum }, index) => missing[index]! + cost <= maximum)
    if (isEnough) for (const [index, { callerId }] of budgets.entries()) buckets.set(callerId, { missing: missing[index]! + cost, atMs: nowMs })
    return taken(budgets, { cost, missing, isEnough })
  }
}

function taken(budgets: Budget[], { cost, missing, isEnough }: { cost: number; missing: number[]; isEnough: boolean }): Taken {
  const levels = budgets.map(({ maximum }, index) =>
    isEnough ? levelOf(missing[index]! + cost, { maximum, cost: 0 }) : levelOf(missing[index]!, { maximum, cost }),
  )
  return { isEnough, levels }
}

// The arithmetic of token-bucket.ts by the clock of Redis. Numbers leave a script as whole ones, so what is missing leaves it as text.
const takeScript = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local cost, fillMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local missing, isEnough = {}, 1
for index, key in ipairs(KEYS) do
  local maximum = tonumber(ARGV[index + 2])
  local bucket = redis.call('HMGET', key, 'missing', 'atMs')
  missing[index] = 0
  if bucket[1] then
    local filled = math.max(0, nowMs - tonumber(bucket[2])) * maximum / fillMs
    missing[index] = math.max(0, tonumber(bucket[1]) - filled)
  end
  if missing[index] + cost > maximum then isEnough = 0 end
end
local answer = { isEnough }
for index, key in ipairs(KEYS) do
  answer[index + 1] = string.format('%.17g', missing[index])
  if isEnough == 1 then
    local after = missing[index] + cost
    redis.call('HSET', key, 'missing', string.format('%.17g', after), 'atMs', string.format('%.0f', nowMs))
    redis.call('PEXPIRE', key, math.ceil(after * fillMs / tonumber(ARGV[index + 2])))
  end
end
return answer`

type WithScript = Redis & { takeFromBuckets(keyCount: number, ...rest: (string | number)[]): Promise<[number, ...string[]]> }

async function takeInRedis(redis: WithScript, budgets: Budget[], cost: number): Promise<Taken> {
  const keys = budgets.map(({ callerId }) => `understudy:budget:${callerId}`)
  const [isEnough, ...missing] = await redis.takeFromBuckets(keys.length, ...keys, cost, fillMs, ...budgets.map(({ maximum }) => maximum))
  return taken(budgets, { cost, missing: missing.map(Number), isEnough: isEnough === 1 })
}

/** While it is away each replica counts alone. */
function connect(url: string, logger: Logger): { redis: WithScript; noteFailure: (error: unknown) => void } {
  const redis = new Redis(url, {
    connectionName: 'understudy-budgets',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: timeoutMs,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(5_000, 100 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2),
    scripts: { takeFromBuckets: { lua: takeScript } },
  }) as WithScript
  let isAway = false
  const noteFailure = (error: unknown) => {
    if (!isAway) logger.warn({ reason: connectionFailure(error) }, 'budgets are not shared through Redis: each replica counts alone until it is back')
    isAway = true
  }
  redis.on('error', noteFailure)
  redis.on('ready', () => {
    if (isAway) logger.info('budgets are shared through Redis again')
    isAway = false
  })
  return { redis, noteFailure }
}
