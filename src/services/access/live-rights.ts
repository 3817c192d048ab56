import type { Resources } from '../../resources.ts'
import { validKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'

/** Some key or customer is not what it was: whoever holds a stream open looks again. */
export const accessTopic = 'access'

const lookEveryMs = 30_000
/** Longer waits do not fit into a timer. */
const longestWaitMs = 2 ** 31 - 1

interface Holder {
  viewer: Viewer
  end: () => void
}

/** Tells streams that stay open when the key or token behind them is no longer valid. */
export interface LiveRights {
  /** Calls `end` once, when the rights end. Returns the function that stops watching. */
  watch(viewer: Viewer, end: () => void): () => void
  close(): void
}

/** One look for all streams of this process: when a key was revoked, on whatever replica, and every 30 seconds. What expires ends at its time. */
export function createLiveRights({ database, wakeUps, logger }: Pick<Resources, 'database' | 'wakeUps' | 'logger'>): LiveRights {
  const holders = new Set<Holder>()
  let isLooking = false
  let isAskedAgain = false
  const stopListening = wakeUps.listen(accessTopic, () => void look())
  const timer = setInterval(() => void look(), lookEveryMs)
  timer.unref()

  async function look(): Promise<void> {
    isAskedAgain = true
    if (isLooking) return
    isLooking = true
    try {
      while (isAskedAgain && holders.size > 0) {
        isAskedAgain = false
        await endThoseWithout()
      }
    } catch (error) {
      logger.warn({ err: error }, 'keys of open streams could not be looked at')
    } finally {
      isLooking = false
    }
  }

  async function endThoseWithout(): Promise<void> {
    const looked = [...holders]
    const keyIds = [...new Set(looked.flatMap(({ viewer }) => viewer.keyId ?? []))]
    const customerIds = [...new Set(looked.flatMap(({ viewer }) => viewer.customerId ?? []))]
    const [keys, customers] = await Promise.all([
      keyIds.length === 0 ? [] : database.apiKey.findMany({ where: { id: { in: keyIds }, ...validKey() }, select: { id: true } }),
      customerIds.length === 0 ? [] : database.customer.findMany({ where: { id: { in: customerIds } }, select: { id: true } }),
    ])
    const valid = new Set([...keys, ...customers].map(({ id }) => id))
    for (const { viewer, end } of looked) {
      const rests = [viewer.keyId, viewer.customerId].filter((id) => id !== null)
      if (!rests.every((id) => valid.has(id))) end()
    }
  }

  return {
    watch(viewer, onEnd) {
      let expiry: NodeJS.Timeout | undefined
      const stop = () => {
        holders.delete(holder)
        clearTimeout(expiry)
      }
      const end = () => {
        if (!holders.has(holder)) return
        stop()
        onEnd()
      }
      const holder: Holder = { viewer, end }
      holders.add(holder)
      if (viewer.expiresAt) {
        const wait = Math.max(0, viewer.expiresAt.getTime() - Date.now())
        if (wait <= longestWaitMs) expiry = setTimeout(end, wait).unref()
      }
      return stop
    },
    close() {
      stopListening()
      clearInterval(timer)
      holders.clear()
    },
  }
}
