import type { Resources } from '../../resources.ts'
import { findAbandonedDrafts, holdIfAbandoned } from '../../stores/event-log.ts'
import { failDraft } from './fail-draft.ts'

const atOnce = 1_000
const interrupted = {
  code: 'INTERRUPTED',
  message: 'The server stopped while it wrote this draft. The text so far is kept; ask for a new draft.',
  retryable: true,
}

/**
 * Drafts whose writer died are marked FAILED, so that nobody waits for them. A lease that ran out tells; with `all`, as at the start of the only
 * process there is, every STREAMING draft is such a one. Returns how many there were.
 */
export async function failAbandonedDrafts(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'metrics'>,
  { all }: { all: boolean },
): Promise<number> {
  if (all) {
    const streaming = await resources.database.draft.findMany({ where: { status: 'STREAMING' }, select: { id: true }, take: atOnce })
    for (const { id } of streaming) await failDraft(resources, id, interrupted)
    return streaming.length
  }
  let failed = 0
  for (const { id } of await findAbandonedDrafts(resources.database, atOnce)) {
    // Its writer may only have been slow, and be back by now.
    if (await failDraft(resources, id, interrupted, { onlyIf: (tx) => holdIfAbandoned(tx, id) })) failed += 1
  }
  return failed
}
