import { setTimeout as wait } from 'node:timers/promises'
import type { Resources } from '../../resources.ts'
import { VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { prepareGeneration } from './prepare-generation.ts'
import { queueUnindexed } from './queue-unindexed.ts'
import { syncVectors } from './sync-vectors.ts'

type Needed = Pick<Resources, 'database' | 'queue' | 'vectors' | 'generations' | 'embedder' | 'embedders' | 'logger'>

/**
 * Looks at the start, and then every ten seconds at what was not well: an index that came back or was lost is made whole again, articles
 * left behind are queued again.
 */
export function keepIndexWhole(resources: Needed, { intervalMs = 10_000 } = {}): { firstLook: Promise<void>; stop(): Promise<void> } {
  const stopping = new AbortController()
  const firstLook = Promise.withResolvers<void>()
  const running = run(resources, intervalMs, stopping.signal, firstLook.resolve)
  return {
    firstLook: firstLook.promise,
    /** Waits for what it is doing. */
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function run(resources: Needed, intervalMs: number, signal: AbortSignal, onLooked: () => void): Promise<void> {
  const { vectors, generations, logger } = resources
  let needsSync = true
  // Each until it has succeeded once: whatever it needs may come later than the server.
  let isPrepared = false
  let hasQueuedAll = false
  let ticks = 0
  while (!signal.aborted) {
    try {
      if (!isPrepared) {
        // What answers searches must be whole whether or not its successor can be begun.
        await prepareGeneration(resources).then(
          () => {
            isPrepared = true
          },
          (error: unknown) => logger.warn({ reason: String(error) }, 'the search index could not be compared with the configured model yet'),
        )
      }
      needsSync ||= vectors.index(await generations.live()).state().status === 'unavailable'
      if (needsSync) await syncVectors(resources)
      needsSync = false
      if (ticks % 3 === 0 || !hasQueuedAll) {
        await queueUnindexed(resources, { all: !hasQueuedAll })
        hasQueuedAll = true
      }
      if (ticks % 30 === 29) await resources.queue.send('optimize-vectors', {})
    } catch (error) {
      // The store has said so in its log and in state(); anything else must not end the watch, or nothing would recover again.
      if (!(error instanceof VectorStoreUnavailableError)) logger.error({ err: error }, 'the search index could not be checked')
    }
    onLooked()
    ticks += 1
    await wait(intervalMs, undefined, { signal, ref: false }).catch(() => {})
  }
}
