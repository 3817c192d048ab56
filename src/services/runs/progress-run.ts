import type { Transaction } from '../../stores/database.ts'
import { appendRunEvent } from '../../stores/event-log.ts'

export interface RunStep {
  step: string
  done: number
  total: number
  /** What happened, for people. */
  message: string
}

/** Thrown to leave a run's work when somebody wants it to stop, or it has been ended already. */
export class RunStoppedError extends Error {
  constructor() {
    super('The run was cancelled or has ended.')
    this.name = 'RunStoppedError'
  }
}

/**
 * Writes a step and its event beside what the step did, in the caller's transaction: both are there or neither. Throws RunStoppedError, which
 * undoes the step, when the run was cancelled. The caller wakes the followers (`runTopic`) after it has committed.
 */
export async function progressRun(tx: Transaction, runId: string, { step, done, total, message }: RunStep): Promise<void> {
  const { count } = await tx.run.updateMany({ where: { id: runId, status: 'RUNNING', cancelRequestedAt: null }, data: { step, done, total } })
  if (count === 0) throw new RunStoppedError()
  await appendRunEvent(tx, { runId, type: 'RunProgress', data: { step, done, total, message }, whileIn: ['RUNNING'] })
}
