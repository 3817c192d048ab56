import type { Resources } from '../resources.ts'
import { keepSpelling } from '../services/retrieval/keep-spelling.ts'
import { startRouter } from '../services/routing/start-router.ts'

/** What every process holds in memory, whether it answers requests or works: the router’s head and the words of the articles. Returns what stops it. */
export function keepInMemory(resources: Resources): () => Promise<void> {
  const stops = [startRouter(resources), keepSpelling(resources)]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
