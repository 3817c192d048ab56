import type { Resources } from '../../resources.ts'

const atOnce = 1_000

/** QUEUED drafts whose job is gone get a new one, so that nobody waits for ever. Returns how many there were. */
export async function recoverQueuedDrafts({ database, queue }: Pick<Resources, 'database' | 'queue'>): Promise<number> {
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.recover-drafts'))`
    const drafts = await tx.draft.findMany({ where: { status: 'QUEUED' }, select: { id: true }, orderBy: { createdAt: 'asc' }, take: atOnce })
    if (drafts.length === 0) return 0
    const live = new Set((await queue.liveJobs('write-draft', { transaction: tx })).map(({ payload }) => payload.draftId))
    const lost = drafts.filter(({ id }) => !live.has(id))
    for (const { id } of lost) await queue.send('write-draft', { draftId: id }, { transaction: tx })
    return lost.length
  })
}
