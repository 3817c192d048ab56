import type { Transaction } from '../../stores/database.ts'

/** One writer of gaps at a time, on whatever replica: two that look for the nearest gap at once would both make a new one. */
export async function lockGaps(tx: Transaction): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('understudy:knowledge-gaps'))::text`
}
