import type { Resources } from '../../resources.ts'

const keptDays = 30
const atOnce = 1_000

/** Deletes the deliveries that are older than 30 days, with their attempts, a batch at a time. Returns how many there were. */
export async function purgeDeliveries({ database }: Pick<Resources, 'database'>): Promise<number> {
  for (let purged = 0; ; ) {
    const count = await database.$executeRaw`
      DELETE FROM "WebhookDelivery" WHERE "id" IN (
        SELECT old."id" FROM "Webhook" AS webhook CROSS JOIN LATERAL (
          SELECT "id" FROM "WebhookDelivery" WHERE "webhookId" = webhook."id" AND "createdAt" < now() - make_interval(days => ${keptDays}::int) LIMIT ${atOnce}::int
        ) AS old LIMIT ${atOnce}::int
      )`
    purged += count
    if (count < atOnce) return purged
  }
}
