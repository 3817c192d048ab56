import { setImmediate as breathe } from 'node:timers/promises'
import type { Resources } from '../../resources.ts'

const articlesAtOnce = 50

/** Reads the words of all published articles, a few at a time. What is indexed later is learned as it comes. */
export async function learnSpelling({ database, spelling }: Pick<Resources, 'database' | 'spelling'>, signal?: AbortSignal): Promise<void> {
  let after = ''
  while (!signal?.aborted) {
    const page = await database.article.findMany({
      where: { id: { gt: after }, status: 'PUBLISHED' },
      select: { id: true, title: true, body: true },
      orderBy: { id: 'asc' },
      take: articlesAtOnce,
    })
    if (page.length === 0) return
    for (const { title, body } of page) {
      spelling.learn(`${title}\n${body}`)
      await breathe()
    }
    after = page.at(-1)!.id
  }
}
