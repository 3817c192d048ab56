import { setTimeout as wait } from 'node:timers/promises'
import type { Resources } from '../../resources.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { type ClaimedDelivery, claimDeliveries } from './claim-deliveries.ts'
import { purgeDeliveries } from './purge-deliveries.ts'

type Needed = Pick<Resources, 'database' | 'config' | 'logger' | 'metrics' | 'wakeUps'>

const lookEveryMs = 1_000
const purgeEveryMs = 3_600_000
/** Of the ten seconds in which a server stops. */
const lastAttemptsMs = 5_000

/**
 * Sends what webhooks are owed: what is due is looked for once a second, and at once when something happened. Without a webhook a look is one
 * small statement. Returns what stops it.
 */
export function keepDelivering(resources: Needed): () => Promise<void> {
  const { database, logger, wakeUps } = resources
  const interruption = new AbortController()
  const underWay = new Map<string, number>()
  const attempts = new Set<Promise<void>>()
  // Only spares looks: whoever has just become a webhook is seen by the clock's next look.
  let hasWebhooks = false
  let looking: Promise<void> | null = null
  let isAskedAgain = false
  let isStopping = false

  function look(): void {
    if (isStopping || !hasWebhooks) return
    isAskedAgain = true
    looking ??= lookUntilDone()
      .catch((error: unknown) => {
        isAskedAgain = false
        logger.error({ err: error }, 'webhook deliveries could not be looked for')
      })
      .finally(() => {
        looking = null
        if (isAskedAgain) look()
      })
  }

  async function lookUntilDone(): Promise<void> {
    while (isAskedAgain && !isStopping) {
      isAskedAgain = false
      for (const delivery of await claimDeliveries(resources, { underWay })) begin(delivery)
    }
  }

  function begin(delivery: ClaimedDelivery): void {
    const { id: deliveryId, webhookId } = delivery
    underWay.set(webhookId, (underWay.get(webhookId) ?? 0) + 1)
    const attempt = attemptDelivery(resources, delivery, { signal: interruption.signal })
      // It is due again when its lease is over.
      .catch((error: unknown) => logger.error({ err: error, webhookId, deliveryId }, 'unexpected error while delivering to a webhook'))
      .finally(() => {
        attempts.delete(attempt)
        const left = underWay.get(webhookId)! - 1
        if (left > 0) underWay.set(webhookId, left)
        else underWay.delete(webhookId)
        look()
      })
    attempts.add(attempt)
  }

  const quietly = (work: Promise<unknown>, message: string) => void work.catch((error: unknown) => logger.error({ err: error }, message))
  async function lookByTheClock(): Promise<void> {
    hasWebhooks = (await database.webhook.count({ where: { disabledAt: null } })) > 0
    look()
  }
  const clock = setInterval(() => quietly(lookByTheClock(), 'webhooks could not be looked for'), lookEveryMs)
  const purge = setInterval(() => quietly(purgeDeliveries(resources), 'old webhook deliveries could not be deleted'), purgeEveryMs)
  const stopListening = wakeUps.listen(conversationsTopic, look)
  quietly(lookByTheClock(), 'webhooks could not be looked for')

  return async () => {
    isStopping = true
    clearInterval(clock)
    clearInterval(purge)
    stopListening()
    await looking
    await Promise.race([Promise.all(attempts), wait(lastAttemptsMs, undefined, { ref: false })])
    interruption.abort()
    await Promise.all(attempts)
  }
}
