import type { Resources } from '../../resources.ts'
import { readCheckState } from './check-state.ts'

type Needed = Pick<Resources, 'database' | 'queue' | 'logger'>

const lookEveryMs = 60_000
/** However often articles change, and however many replicas look: one check in so many seconds. */
const checkEverySeconds = 180

/** Queues a check when articles or gaps have changed since the last one. Returns what stops it. */
export function keepChecking(resources: Needed): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = queueCheckIfNeeded(resources).catch((error: unknown) =>
      resources.logger.error({ err: error }, 'no check of the knowledge base could be queued'),
    )
  }, lookEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await looking
  }
}

export async function queueCheckIfNeeded({ database, queue }: Needed): Promise<void> {
  const { endedAt } = await readCheckState({ database })
  // What is still PENDING is waited for: its chunks are those of an older version.
  const [found] = await database.$queryRaw<{ needed: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Article" WHERE "checkedVersion" IS DISTINCT FROM "version" AND "indexState" <> 'PENDING')
        OR EXISTS (SELECT 1 FROM "KnowledgeGap" WHERE "updatedAt" > ${endedAt ?? new Date(0)}) AS needed`
  if (found?.needed) await queue.send('check-articles', {}, { atMostEverySeconds: checkEverySeconds })
}
