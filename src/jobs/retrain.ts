import type { Resources } from '../resources.ts'
import { runRetraining } from '../services/training/run-retraining.ts'

export async function workOnRetraining(resources: Resources): Promise<void> {
  await resources.queue.work('retrain', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) =>
    runRetraining(resources, { runId, signal, isLastTry }),
  )
}
