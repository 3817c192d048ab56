import { Prisma, type WebhookEvent } from '../../generated/prisma/client.ts'
import { uuid7 } from '../../lib/uuid7.ts'
import type { Transaction } from '../../stores/database.ts'

/** What webhooks are told. `data` holds global ids, and nothing that anybody wrote. */
export interface Happening {
  event: WebhookEvent
  data: Record<`${string}Id`, string>
}

/** What a delivery stores of it. */
export interface StoredPayload {
  timestamp: string
  data: Record<string, string>
}

/** For each webhook that wants it a delivery, in the transaction of what happened: neither is without the other. One statement, and no row when there is no webhook. */
export async function recordWebhookEvent(tx: Transaction, ...happenings: Happening[]): Promise<void> {
  await tx.$executeRaw(insertDeliveries(happenings))
}

/** The same as a statement, for those who write something anyway: what happens often must cost no statement of its own. */
export function insertDeliveries(happenings: Happening[]): Prisma.Sql {
  const timestamp = new Date().toISOString()
  const rows = happenings.map(({ event, data }) => ({ eventId: uuid7(), event, payload: { timestamp, data } satisfies StoredPayload }))
  // The lock, because a webhook that is being deleted would else fail the whole transaction by its foreign key. Here its row is waited for, and gone.
  return Prisma.sql`
    INSERT INTO "WebhookDelivery" ("id", "webhookId", "eventId", "event", "payload", "nextAttemptAt")
    SELECT gen_random_uuid()::text, webhook."id", happening."eventId", happening."event"::"WebhookEvent", happening."payload", now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS happening("eventId" text, "event" text, "payload" jsonb)
    JOIN "Webhook" AS webhook ON webhook."disabledAt" IS NULL AND happening."event"::"WebhookEvent" = ANY(webhook."events")
    FOR KEY SHARE OF webhook`
}
