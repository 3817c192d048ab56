import type { Resources } from '../../resources.ts'

const atOnce = 1_000

/** Forgets requests whose answers have been kept for long enough. Returns how many. */
export async function purgeRequests({ database }: Pick<Resources, 'database'>): Promise<number> {
  let purged = 0
  for (;;) {
    const count = await database.$executeRaw`
      DELETE FROM "IdempotentRequest" WHERE "id" IN (
        SELECT "id" FROM "IdempotentRequest" WHERE "expiresAt" <= now() ORDER BY "expiresAt" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)`
    purged += count
    if (count < atOnce) return purged
  }
}

/** The embedded database has one process, and that is just starting: whoever was at work on a request is dead. */
export async function abandonRequests({ database }: Pick<Resources, 'database'>): Promise<void> {
  await database.idempotentRequest.updateMany({ where: { finishedAt: null }, data: { startedAt: new Date(0) } })
}
