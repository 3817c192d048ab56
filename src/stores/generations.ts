import type { IndexGeneration } from '../generated/prisma/client.ts'
import type { Database } from './database.ts'

/** Which generations of the search index there are. */
export interface Generations {
  /** The one that answers searches, as this process last saw it: another replica's swap is seen within about a second, and until then the one before still stands. */
  live(): Promise<IndexGeneration>
  /** Those that a changed article must be written to: the live one, and the one that is being built. */
  written(): Promise<IndexGeneration[]>
  /** To be called after a swap. */
  forget(): void
}

const freshMs = 1_000
const stalestMs = 3_000

export function createGenerations(database: Database): Generations {
  let known: { generation: IndexGeneration; at: number } | null = null
  let reading: Promise<IndexGeneration> | null = null
  const read = () => {
    reading ??= database.indexGeneration
      .findFirstOrThrow({ where: { state: 'LIVE' } })
      .then((generation) => {
        known = { generation, at: Date.now() }
        return generation
      })
      .finally(() => {
        reading = null
      })
    return reading
  }
  return {
    async live() {
      if (!known || Date.now() - known.at > stalestMs) return read()
      // A search does not wait for the look at what is nearly always the same.
      if (Date.now() - known.at > freshMs) read().catch(() => {})
      return known.generation
    },
    written: () => database.indexGeneration.findMany({ where: { state: { in: ['LIVE', 'BUILDING'] } }, orderBy: { number: 'asc' } }),
    forget() {
      known = null
    },
  }
}
