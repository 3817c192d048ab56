import { followLog } from '../../lib/follow-log.ts'
import type { Resources } from '../../resources.ts'
import { type LoggedEvent, readRunEvents, runTopic } from '../../stores/event-log.ts'
import { ExpectedError, InvalidInputError, NotFoundError } from '../errors.ts'

const terminal = new Set(['RunCompleted', 'RunFailed', 'RunCancelled'])

const pageSize = 200

/** Everything of a run after `afterSeq`, up to its one terminal event. */
export async function followRun(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { runId, afterSeq }: { runId: string; afterSeq: number },
): Promise<AsyncGenerator<LoggedEvent, void>> {
  const run = await database.run.findUnique({ where: { id: runId }, select: { lastSeq: true, status: true } })
  if (!run) throw new NotFoundError('run')
  if (afterSeq < 0 || afterSeq > run.lastSeq) {
    throw new InvalidInputError(
      `afterSeq must be from 0 to ${run.lastSeq}, the run’s newest event, and is ${afterSeq}. Send the seq of the last event that you have.`,
    )
  }
  return followLog({
    read: (seq) => readRunEvents(database, runId, seq, pageSize),
    pageSize,
    listen: (listener) => wakeUps.listen(runTopic(runId), listener),
    isLast: ({ type }) => terminal.has(type),
    afterSeq,
    isOver: run.status !== 'QUEUED' && run.status !== 'RUNNING' && afterSeq === run.lastSeq,
    pollMs: 1000,
    isPassing: (error) => !(error instanceof ExpectedError),
  })
}
