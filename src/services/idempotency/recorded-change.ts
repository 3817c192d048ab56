import type { Resources } from '../../resources.ts'
import { requestDetail } from '../access/record-audit.ts'

export interface RecordedChange {
  action: string
  targetType: string | null
  targetId: string | null
}

/** What a request changed, by the audit log: an entry commits with its change, so that without one the request has changed nothing. */
export async function recordedChange(
  { database }: Pick<Resources, 'database'>,
  { id, callerId, createdAt }: { id: string; callerId: string; createdAt: Date },
): Promise<RecordedChange | null> {
  // Clocks of replicas differ; the log is read by its time, for which it has an index.
  const since = new Date(createdAt.getTime() - 60_000)
  return database.auditEntry.findFirst({
    where: { at: { gte: since }, callerId, details: { path: [requestDetail], equals: id } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { action: true, targetType: true, targetId: true },
  })
}
