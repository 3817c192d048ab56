import type { Resources } from '../../resources.ts'
import { appendRunEvent, runTopic } from '../../stores/event-log.ts'

export type RunEnd = { status: 'COMPLETED' | 'CANCELLED' } | { status: 'FAILED'; code: string; message: string }

const eventTypes = { COMPLETED: 'RunCompleted', FAILED: 'RunFailed', CANCELLED: 'RunCancelled' } as const

/** Ends the run, with its one terminal event in the same transaction. False when it had ended before. */
export async function finishRun(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { runId, ...end }: { runId: string } & RunEnd,
): Promise<boolean> {
  const failure = end.status === 'FAILED' ? { code: end.code, message: end.message } : null
  const finished = await database.$transaction(async (tx) => {
    const { count } = await tx.run.updateMany({
      where: { id: runId, status: { in: ['QUEUED', 'RUNNING'] } },
      data: { status: end.status, finishedAt: new Date(), failureCode: failure?.code ?? null, failureMessage: failure?.message ?? null },
    })
    if (count === 0) return false
    // What it was making will not be made any more.
    if (end.status !== 'COMPLETED')
      await tx.modelVersion.updateMany({
        where: { runs: { some: { id: runId } }, status: 'BUILDING' },
        data: { status: 'FAILED', failureMessage: failure?.message ?? 'The run that made it was cancelled.' },
      })
    await appendRunEvent(tx, { runId, type: eventTypes[end.status], data: failure ?? {}, whileIn: [end.status] })
    return true
  })
  if (finished) wakeUps.notify(runTopic(runId))
  return finished
}
