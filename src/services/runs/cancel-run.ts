import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { finishRun } from './finish-run.ts'
import { jobOfRun } from './job-of-run.ts'
import { runTypes } from './run-types.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'queue'>

/** Stops a run at its next step; one that nobody works on ends at once, one that has ended stays as it ended. Idempotent. */
export async function cancelRun(resources: Needed, { runId, by = null }: { runId: string; by?: Viewer | null }): Promise<Run> {
  const { database } = resources
  // The row's lock puts this before or after a worker's taking it up: never between.
  await database.$transaction(async (tx) => {
    const [asked] = await tx.run.updateManyAndReturn({
      where: { id: runId, status: { in: ['QUEUED', 'RUNNING'] }, cancelRequestedAt: null },
      data: { cancelRequestedAt: new Date() },
      select: { kind: true },
    })
    if (asked) await recordAudit(tx, by, { action: 'cancelRun', targetType: runTypes[asked.kind], targetId: runId })
  })
  const run = await database.run.findUnique({ where: { id: runId } })
  if (!run) throw new NotFoundError('run')
  if (run.status === 'RUNNING' && (await isWorkedOn(resources, run))) return run
  if (run.status !== 'QUEUED' && run.status !== 'RUNNING') return run
  await finishRun(resources, { runId, status: 'CANCELLED' })
  return database.run.findUniqueOrThrow({ where: { id: runId } })
}

async function isWorkedOn({ database, queue }: Needed, { id, kind }: Run): Promise<boolean> {
  const name = jobOfRun[kind]
  if (!name) return false
  const jobs = await queue.liveJobs(name, { transaction: database })
  return jobs.some(({ payload, isActive }) => isActive && payload.runId === id)
}
