import type { Resources } from '../resources.ts'
import { failAbandonedDrafts } from '../services/drafting/fail-abandoned-drafts.ts'
import { findStuckDrafts } from '../services/drafting/find-stuck-drafts.ts'

const everyMs = 5_000

/**
 * Ends the drafts of writers that died, and says when nobody writes those that wait. In processes without the role of a worker too: the only
 * worker may be the one that died. Returns the function that stops it.
 */
export function watchDrafts(resources: Resources): () => void {
  const { logger } = resources
  let wereStuck = false
  async function look(): Promise<void> {
    await failAbandonedDrafts(resources, { all: false })
    const waiting = await findStuckDrafts(resources)
    // Once, not every five seconds.
    if (waiting > 0 && !wereStuck)
      logger.warn({ waiting }, 'drafts wait and nobody writes them: start a process with the role worker (ROLES), or look why it hangs')
    wereStuck = waiting > 0
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => logger.error({ err: error }, 'abandoned drafts could not be looked for'))
  }, everyMs)
  return () => clearInterval(timer)
}
