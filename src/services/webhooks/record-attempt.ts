import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import type { Outcome } from './attempt-delivery.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { disableWebhook } from './disable-webhook.ts'
import { retryDelay } from './retry-delay.ts'

const patienceDays = 5
const longestError = 300

/** Logs the attempt and decides what comes next: nothing, another one, the end of trying, or the end of the webhook. */
export async function recordAttempt(
  { database, logger, metrics }: Pick<Resources, 'database' | 'logger' | 'metrics'>,
  { id: deliveryId, webhookId, attempts }: Pick<ClaimedDelivery, 'id' | 'webhookId' | 'attempts'>,
  { statusCode, error, retryAfter, tookMs }: Outcome,
): Promise<void> {
  const isDelivered = error === null
  const disabledReason = await database.$transaction(async (tx) => {
    // The webhook before its deliveries, as whoever disables or deletes it: else two would wait for each other.
    const isFailingLong = isDelivered ? await noteSuccess(tx, webhookId) : await noteFailure(tx, webhookId)
    const isKnown = isDelivered ? await markDelivered(tx, deliveryId) : await planRetry(tx, deliveryId, retryDelay(attempts + 1, { retryAfter }))
    // Deleted, given up, or delivered by another process meanwhile.
    if (!isKnown) return null
    await tx.webhookAttempt.create({ data: { deliveryId, statusCode, error: error?.slice(0, longestError) ?? null, tookMs } })
    const reason =
      statusCode === 410 ? 'The receiver answered 410: it wants no more.' : isFailingLong ? `Every attempt has failed for five days.` : null
    return reason !== null && (await disableWebhook(tx, { webhookId, reason })) ? reason : null
  })
  metrics.webhookAttempts.inc({ outcome: isDelivered ? 'delivered' : 'failed' })
  if (!isDelivered) logger.info({ webhookId, deliveryId, attempt: attempts + 1, statusCode, reason: error }, 'webhook not delivered')
  if (disabledReason !== null) logger.warn({ webhookId, reason: disabledReason }, 'webhook disabled')
}

async function noteSuccess(tx: Transaction, webhookId: string): Promise<false> {
  await tx.webhook.updateMany({ where: { id: webhookId, failingSince: { not: null } }, data: { failingSince: null } })
  return false
}

/** Whether it has been failing for too long. */
async function noteFailure(tx: Transaction, webhookId: string): Promise<boolean> {
  const [webhook] = await tx.$queryRaw<{ isFailingLong: boolean }[]>`
    UPDATE "Webhook" SET "failingSince" = coalesce("failingSince", now()) WHERE "id" = ${webhookId}
    RETURNING "failingSince" < now() - make_interval(days => ${patienceDays}::int) AS "isFailingLong"`
  return webhook?.isFailingLong ?? false
}

async function markDelivered(tx: Transaction, id: string): Promise<boolean> {
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id, status: { not: 'DELIVERED' } },
    data: { status: 'DELIVERED', attempts: { increment: 1 }, nextAttemptAt: null, deliveredAt: new Date() },
  })
  return count > 0
}

async function planRetry(tx: Transaction, id: string, delaySeconds: number | null): Promise<boolean> {
  const planned =
    delaySeconds === null
      ? await tx.$executeRaw`
          UPDATE "WebhookDelivery" SET "attempts" = "attempts" + 1, "status" = 'FAILED', "nextAttemptAt" = NULL WHERE "id" = ${id} AND "status" = 'PENDING'`
      : await tx.$executeRaw`
          UPDATE "WebhookDelivery" SET "attempts" = "attempts" + 1, "nextAttemptAt" = now() + make_interval(secs => ${delaySeconds}::float8)
          WHERE "id" = ${id} AND "status" = 'PENDING'`
  return planned > 0
}
