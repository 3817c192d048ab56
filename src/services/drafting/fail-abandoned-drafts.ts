import type { Resources } from '../../resources.ts'
import { failDraft } from './fail-draft.ts'

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
  const abandoned = await resources.database.draft.findMany({
    where: { status: 'STREAMING', ...(!all && { leaseUntil: { lt: new Date() } }) },
    select: { id: true },
    take: 1000,
  })
  for (const { id } of abandoned) await failDraft(resources, id, interrupted)
  return abandoned.length
}
