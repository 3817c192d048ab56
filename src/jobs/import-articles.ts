import type { Resources } from '../resources.ts'
import { runImport } from '../services/knowledge/run-import.ts'

export async function workOnImports(resources: Resources): Promise<void> {
  await resources.queue.work('import-articles', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) =>
    runImport(resources, { runId, signal, isLastTry }),
  )
}
