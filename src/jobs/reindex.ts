import type { Resources } from '../resources.ts'
import { runReindex } from '../services/knowledge/run-reindex.ts'

export async function workOnReindex(resources: Resources): Promise<void> {
  await resources.queue.work('reindex', { concurrency: 1 }, ({ runId }, { signal, isLastTry }) => runReindex(resources, { runId, signal, isLastTry }))
}
