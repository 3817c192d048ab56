import type { Resources } from '../resources.ts'
import { writeDraft } from '../services/drafting/write-draft.ts'

export async function workOnDrafts(resources: Resources): Promise<void> {
  const { DRAFT_CONCURRENCY: concurrency } = resources.config
  await resources.queue.work('write-draft', { concurrency }, ({ draftId }, { signal }) => writeDraft(resources, { draftId, signal }))
}
