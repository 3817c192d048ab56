import type { Prisma, Run } from '../../generated/prisma/client.ts'
import { bytesFromFloats, floatsFromBytes } from '../../lib/float-bytes.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'

export interface StepWork<Result> {
  result: Result
  floats?: Float32Array | null
  /** For people. */
  message: string
  done?: number
  total?: number
}

/**
 * Does a step once: its result is stored with its event and whatever `store` writes in one transaction, and a run that is taken up again after a
 * crash reads it instead of doing it again.
 */
export async function doStep<Result>(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { run, step, work }: { run: Run; step: string; work: (store: (write: (tx: Transaction) => Promise<unknown>) => void) => Promise<StepWork<Result>> },
): Promise<{ result: Result; floats: Float32Array | null }> {
  const where = { retrainingId_step: { retrainingId: run.id, step } }
  const earlier = await database.retrainingStep.findUnique({ where })
  if (earlier) return { result: earlier.result as Result, floats: earlier.floats && floatsFromBytes(earlier.floats) }
  const writes: ((tx: Transaction) => Promise<unknown>)[] = []
  const { result, floats = null, message, done = 1, total = done } = await work((write) => writes.push(write))
  await database.$transaction(
    async (tx) => {
      await progressRun(tx, run.id, { step, done, total, message })
      for (const write of writes) await write(tx)
      await tx.retrainingStep.create({
        data: { retrainingId: run.id, step, result: result as Prisma.InputJsonValue, floats: floats && bytesFromFloats(floats) },
      })
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
  wakeUps.notify(runTopic(run.id))
  return { result, floats }
}
