import type { Resources } from '../resources.ts'
import { writeDraft } from '../services/drafting/write-draft.ts'

export async function workOnDrafts(resources: Resources): Promise<void> {
  const { queue, generators, config, logger } = resources
  // What the current engine cannot write yet stays with the queue, and so QUEUED, in its order, and for whichever replica has room first.
  const concurrency = () => Math.min(config.DRAFT_CONCURRENCY, generators.current().concurrency ?? Number.POSITIVE_INFINITY)
  const workers = await queue.work('write-draft', { concurrency: concurrency() }, ({ draftId }, { signal }) =>
    writeDraft(resources, { draftId, signal }),
  )
  generators.onChange(() => {
    workers.resize(concurrency()).catch((error: unknown) => logger.error({ err: error }, 'the number of drafts at once could not be changed'))
  })
}
