import type { Resources } from '../resources.ts'
import { runFineTuning } from '../services/fine-tuning/run-fine-tuning.ts'

export async function workOnFineTuning(resources: Resources): Promise<void> {
  await resources.queue.work('fine-tune', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) =>
    runFineTuning(resources, { runId, signal, isLastTry }),
  )
}
