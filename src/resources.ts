import type { Config } from './config.ts'
import type { Embedder } from './engines/embedder.ts'
import type { Generators } from './engines/generators.ts'
import type { Logger } from './lib/logger.ts'
import type { Metrics } from './lib/metrics.ts'
import type { IntentRouter } from './engines/intent-router.ts'
import type { Database } from './stores/database.ts'
import type { Queue } from './stores/queue.ts'
import type { VectorStore } from './stores/vectors.ts'
import type { WakeUps } from './stores/wake-ups.ts'

/** What services are handed. A service names the few it needs: `Pick<Resources, 'database' | 'queue'>`. */
export interface Resources {
  config: Config
  logger: Logger
  metrics: Metrics
  database: Database
  queue: Queue
  wakeUps: WakeUps
  vectors: VectorStore
  /** Null when EMBEDDER=none. */
  embedder: Embedder | null
  generators: Generators
  /** Holds the trained head that routes now; null until there is one. */
  router: IntentRouter
}
