import type { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { validKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'

/** Some key, customer or registered operation is not what it was: whoever holds a stream open looks again. */
export const accessTopic = 'access'

const lookEveryMs = 30_000
/** Longer waits do not fit into a timer. */
const longestWaitMs = 2 ** 31 - 1

/** What a stream ended with: its key or token, or the operation that a partner had registered. */
export type RightsEnd = 'KEY' | 'OPERATION'

interface Holder {
  viewer: Viewer
  operationId: string | null
  end: (why: RightsEnd) => void
}

/** Tells streams that stay open when the key or token behind them is no longer valid, or their registered operation is answered no more. */
export interface LiveRights {
  /** Calls `end` once, when the rights end. Returns the function that stops watching. */
  watch(viewer: Viewer, end: (why: RightsEnd) => void, operation?: { id: string } | null): () => void
  close(): void
}

/** One look for all streams of this process: when a key was revoked or an operation retired, on whatever replica, and every 30 seconds. What expires ends at its time. */
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
    const operationIds = [...new Set(looked.flatMap(({ operationId }) => operationId ?? []))]
    const [keys, customers, operations] = await Promise.all([
      keyIds.length === 0 ? [] : database.apiKey.findMany({ where: { id: { in: keyIds }, ...validKey() }, select: { id: true } }),
      customerIds.length === 0 ? [] : database.customer.findMany({ where: { id: { in: customerIds } }, select: { id: true } }),
      operationIds.length === 0
        ? []
        : database.registeredOperation.findMany({ where: { id: { in: operationIds }, ...answered() }, select: { id: true } }),
    ])
    const valid = new Set([...keys, ...customers, ...operations].map(({ id }) => id))
    for (const { viewer, operationId, end } of looked) {
      const rests = [viewer.keyId, viewer.customerId].filter((id) => id !== null)
      if (!rests.every((id) => valid.has(id))) end('KEY')
      else if (operationId !== null && !valid.has(operationId)) end('OPERATION')
    }
  }

  return {
    watch(viewer, onEnd, operation = null) {
      let expiry: NodeJS.Timeout | undefined
      const stop = () => {
        holders.delete(holder)
        clearTimeout(expiry)
      }
      const end = (why: RightsEnd) => {
        if (!holders.has(holder)) return
        stop()
        onEnd(why)
      }
      const holder: Holder = { viewer, operationId: operation?.id ?? null, end }
      holders.add(holder)
      if (viewer.expiresAt) {
        const wait = Math.max(0, viewer.expiresAt.getTime() - Date.now())
        if (wait <= longestWaitMs) expiry = setTimeout(() => end('KEY'), wait).unref()
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

const answered = (now = new Date()): Prisma.RegisteredOperationWhereInput => ({
  OR: [{ status: 'ACTIVE' }, { status: 'DEPRECATED', sunsetAt: null }, { status: 'DEPRECATED', sunsetAt: { gt: now } }],
})
