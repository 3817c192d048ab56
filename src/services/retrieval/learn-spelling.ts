import { setImmediate as breathe } from 'node:timers/promises'
import type { Resources } from '../../resources.ts'

const articlesAtOnce = 50

/** Reads the words of all published articles, or of those that have changed since then, a few at a time. */
export async function learnSpelling(
  { database, spelling }: Pick<Resources, 'database' | 'spelling'>,
  { changedSince = null, signal }: { changedSince?: Date | null; signal?: AbortSignal } = {},
): Promise<void> {
  let after = ''
  while (!signal?.aborted) {
    const page = await database.article.findMany({
      where: { id: { gt: after }, status: 'PUBLISHED', ...(changedSince && { updatedAt: { gt: changedSince } }) },
      select: { id: true, title: true, body: true, audience: true },
      orderBy: { id: 'asc' },
      take: articlesAtOnce,
    })
    if (page.length === 0) return
    for (const { title, body, audience } of page) {
      spelling.learn(`${title}\n${body}`, { isPublic: audience === 'PUBLIC' })
      await breathe()
    }
    after = page.at(-1)!.id
  }
}
