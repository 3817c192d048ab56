import type { Resources } from '../resources.ts'
import { noteGap } from '../services/knowledge-health/note-gap.ts'

export async function workOnGaps(resources: Resources): Promise<void> {
  await resources.queue.work('note-gap', { concurrency: 1 }, ({ draftId }, { signal }) => noteGap(resources, { draftId, signal }))
}
