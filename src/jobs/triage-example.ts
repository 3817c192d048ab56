import type { Resources } from '../resources.ts'
import { triageExample } from '../services/training/triage-example.ts'

export async function workOnTriage(resources: Resources): Promise<void> {
  await resources.queue.work('triage-example', { concurrency: 1 }, ({ trainingExampleId }, { signal }) =>
    triageExample(resources, { trainingExampleId, signal }),
  )
}
