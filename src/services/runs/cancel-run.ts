import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { finishRun } from './finish-run.ts'

/** Stops a run at its next step; one that still waits ends at once, one that has ended stays as it ended. Idempotent. */
export async function cancelRun(resources: Pick<Resources, 'database' | 'wakeUps'>, { runId }: { runId: string }): Promise<Run> {
  const { database } = resources
  // The row's lock puts this before or after a worker's taking it up: never between.
  await database.run.updateMany({
    where: { id: runId, status: { in: ['QUEUED', 'RUNNING'] }, cancelRequestedAt: null },
    data: { cancelRequestedAt: new Date() },
  })
  const run = await database.run.findUnique({ where: { id: runId } })
  if (!run) throw new NotFoundError('run')
  if (run.status !== 'QUEUED') return run
  await finishRun(resources, { runId, status: 'CANCELLED' })
  return database.run.findUniqueOrThrow({ where: { id: runId } })
}
