import type { Resources } from '../resources.ts'
import { writeHandOver } from '../services/drafting/write-hand-over.ts'

export async function workOnHandOvers(resources: Resources): Promise<void> {
  await resources.queue.work('write-hand-over', { concurrency: 1 }, ({ draftId }, { signal }) => writeHandOver(resources, { draftId, signal }))
}
