import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Logger } from '../lib/logger.ts'
import type { Metrics } from '../lib/metrics.ts'
import { postgresCarrier } from './postgres-carrier.ts'
import { redisCarrier } from './redis-carrier.ts'
import { createSharedWakeUps } from './shared-wake-ups.ts'
import { createLocalWakeUps, type WakeUps } from './wake-ups.ts'

const patienceMs = 2_000

/** By Redis when there is one, else by PostgreSQL; with the embedded database alone there is nobody else to wake. A carrier that is away is no reason not to start. */
export async function openWakeUps({
  config,
  logger,
  metrics,
}: {
  config: Pick<Config, 'REDIS_URL' | 'DATABASE_URL'>
  logger: Logger
  metrics: Metrics
}): Promise<WakeUps> {
  const carried = config.REDIS_URL
    ? { name: `Redis at ${new URL(config.REDIS_URL).host}`, openCarrier: redisCarrier(config.REDIS_URL) }
    : config.DATABASE_URL
      ? { name: 'PostgreSQL', openCarrier: postgresCarrier(config.DATABASE_URL) }
      : null
  if (!carried) {
    metrics.wakeUpsCarried.set(1)
    return createLocalWakeUps()
  }
  const wakeUps = createSharedWakeUps({ ...carried, logger, metrics })
  await Promise.race([wakeUps.firstWord, wait(patienceMs, undefined, { ref: false })])
  return wakeUps
}
