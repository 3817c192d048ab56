import type { WebhookDelivery } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

/** Longer than an attempt can take. Whoever has not said by then how it went has died, and the delivery is due again. */
const leaseSeconds = 60
/** At a time to one webhook by one process: a slow receiver holds up itself. */
const mostAtOnce = 4

export type ClaimedDelivery = Pick<WebhookDelivery, 'id' | 'webhookId' | 'eventId' | 'event' | 'payload' | 'attempts'> & {
  url: string
  secretVersion: number
  previousSecretUntil: Date | null
}

/**
 * Takes deliveries that are due, oldest first and some of each webhook, for this process alone. `underWay` says how many it has of each already.
 * The row is the queue: there is no job beside it that could be lost.
 */
export async function claimDeliveries(
  { database }: Pick<Resources, 'database'>,
  { underWay = new Map() }: { underWay?: ReadonlyMap<string, number> } = {},
): Promise<ClaimedDelivery[]> {
  return database.$queryRaw<ClaimedDelivery[]>`
    WITH due AS (
      SELECT delivery."id" FROM "Webhook" AS webhook
      CROSS JOIN LATERAL (
        SELECT "id" FROM "WebhookDelivery" AS waiting
        WHERE waiting."webhookId" = webhook."id" AND waiting."status" = 'PENDING' AND waiting."nextAttemptAt" <= now()
        ORDER BY waiting."nextAttemptAt", waiting."eventId"
        LIMIT greatest(0, ${mostAtOnce}::int - coalesce((${JSON.stringify(Object.fromEntries(underWay))}::jsonb ->> webhook."id")::int, 0))
        FOR NO KEY UPDATE SKIP LOCKED
      ) AS delivery
      WHERE webhook."disabledAt" IS NULL
    )
    UPDATE "WebhookDelivery" AS delivery SET "nextAttemptAt" = now() + make_interval(secs => ${leaseSeconds}::int)
    FROM due, "Webhook" AS webhook WHERE delivery."id" = due."id" AND webhook."id" = delivery."webhookId"
    RETURNING delivery."id", delivery."webhookId", delivery."eventId", delivery."event"::text, delivery."payload", delivery."attempts",
      webhook."url", webhook."secretVersion", webhook."previousSecretUntil"`
}
