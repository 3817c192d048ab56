import type { RetrainingTrigger, Run } from '../../generated/prisma/client.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, InvalidInputError } from '../errors.ts'

const mostExamples = 100_000

/** Queues a retraining. One at a time, whichever replica is asked: while one waits or runs, another start is a conflict. */
export async function startRetraining(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { dryRun = false, limit = null, by }: { dryRun?: boolean; limit?: number | null; by: Viewer | null },
): Promise<Run> {
  if (limit !== null && (limit < 1 || limit > mostExamples))
    throw new InvalidInputError(`limit is ${limit}, and must be from 1 to ${mostExamples}. Leave it out to take all new examples.`)
  return database.$transaction(async (tx) => {
    await lockRetraining(tx)
    const live = await liveRetraining(tx)
    if (live)
      throw new ConflictError(
        `The retraining ${encodeGlobalId('RetrainingRun', live.id)} ${live.status === 'QUEUED' ? 'is waiting' : 'is running'}. Wait for it, or stop it with cancelRun.`,
      )
    const run = await queueRetraining({ queue }, tx, { trigger: 'MANUAL', dryRun, limit, by })
    await recordAudit(tx, by, { action: 'startRetraining', targetType: 'RetrainingRun', targetId: run.id, details: { dryRun, limit } })
    return run
  })
}

/** Whoever looks whether one is live, and then starts one or changes what was learned, does it under this lock. */
export async function lockRetraining(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.retraining'))`
}

/** One that was asked to stop is on its way out: the next one waits for it by itself. */
export function liveRetraining(tx: Transaction): Promise<Run | null> {
  return tx.run.findFirst({ where: { kind: 'RETRAINING', status: { in: ['QUEUED', 'RUNNING'] }, cancelRequestedAt: null } })
}

/** The caller holds the lock, and knows that none is live. */
export async function queueRetraining(
  { queue }: Pick<Resources, 'queue'>,
  tx: Transaction,
  { trigger, dryRun = false, limit = null, by = null }: { trigger: RetrainingTrigger; dryRun?: boolean; limit?: number | null; by?: Viewer | null },
): Promise<Run> {
  const run = await tx.run.create({
    data: { kind: 'RETRAINING', createdById: by?.agentId ?? null, retraining: { create: { trigger, dryRun, limit } } },
  })
  await queue.send('retrain', { runId: run.id }, { transaction: tx })
  return run
}
