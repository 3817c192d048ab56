import { setTimeout as wait } from 'node:timers/promises'
import type { Resources } from '../../resources.ts'
import { learnSpelling } from './learn-spelling.ts'

const lookEveryMs = 60_000
// The clocks of database and server differ, and a transaction commits later than its rows say.
const overlapMs = 30_000

/** Reads the words of all articles and, where another process may index, of those that have changed since. Returns what stops it. */
export function keepSpelling(resources: Pick<Resources, 'database' | 'spelling' | 'isEmbedded' | 'logger'>): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async () => {
    let readUpTo: Date | null = null
    while (!signal.aborted) {
      const startedAt = Date.now()
      try {
        await learnSpelling(resources, { changedSince: readUpTo, signal })
        readUpTo = new Date(startedAt - overlapMs)
      } catch (error) {
        resources.logger.error({ err: error }, 'the words of the articles could not be read')
      }
      // The only process learns what it indexes.
      if (resources.isEmbedded && readUpTo) return
      await wait(lookEveryMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
