import type { Resources } from '../resources.ts'
import { runEvaluation } from '../services/evaluation/run-evaluation.ts'

export async function workOnEvaluations(resources: Resources): Promise<void> {
  await resources.queue.work('evaluate', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) =>
    runEvaluation(resources, { runId, signal, isLastTry }),
  )
}
