import type { Resources } from '../resources.ts'
import { runModelBuild } from '../services/models/run-model-build.ts'

export async function workOnModels(resources: Resources): Promise<void> {
  await resources.queue.work('build-model', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) =>
    runModelBuild(resources, { runId, signal, isLastTry }),
  )
}
