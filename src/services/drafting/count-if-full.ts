import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'

/** Requests that may be in the middle of queueing a draft at one moment, of all replicas. */
const margin = 100

/** How many drafts wait, when those are as many as may; null while there is room. */
export async function countIfFull(tx: Transaction, { config }: Pick<Resources, 'config'>): Promise<number | null> {
  const countWaiting = () => tx.draft.count({ where: { status: 'QUEUED' } })
  if ((await countWaiting()) < config.DRAFT_QUEUE_LIMIT - margin) return null
  // Near the limit one after the other: those who count at the same time would all find the last place free. It is the last lock that is taken.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.draft-queue'))`
  const waiting = await countWaiting()
  return waiting >= config.DRAFT_QUEUE_LIMIT ? waiting : null
}
