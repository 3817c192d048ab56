import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { finishRun } from './finish-run.ts'

/** Takes a queued run up, or one whose worker died. Null when there is nothing to do: it has ended, or it was cancelled while it waited. */
export async function beginRun(resources: Pick<Resources, 'database' | 'wakeUps'>, runId: string): Promise<Run | null> {
  const { database } = resources
  await database.run.updateMany({ where: { id: runId, status: 'QUEUED' }, data: { status: 'RUNNING', startedAt: new Date() } })
  const run = await database.run.findUnique({ where: { id: runId } })
  if (run?.status !== 'RUNNING') return null
  if (run.cancelRequestedAt === null) return run
  await finishRun(resources, { runId, status: 'CANCELLED' })
  return null
}
