import type { Resources } from '../../resources.ts'

/** A worker takes a draft within two seconds. Longer than this with none in the making, and no worker is there. */
const patienceMs = 30_000

/** How many drafts wait, when they have waited long and nobody writes one: there is no process with the role of a worker, or it hangs. Else 0. */
export async function findStuckDrafts({ database }: Pick<Resources, 'database'>): Promise<number> {
  const since = new Date(Date.now() - patienceMs)
  const waiting = await database.draft.count({ where: { status: 'QUEUED', createdAt: { lt: since } } })
  if (waiting === 0) return 0
  const taken = await database.draft.count({ where: { OR: [{ status: 'STREAMING' }, { startedAt: { gt: since } }] } })
  return taken > 0 ? 0 : waiting
}
