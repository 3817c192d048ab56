import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Embedder } from '../../src/engines/embedder.ts'
import { MinilmEmbedder } from '../../src/engines/minilm-embedder.ts'
import { createTokenCounter } from '../../src/engines/tokenizer.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import type { Resources } from '../../src/resources.ts'
import { openDatabase } from '../../src/stores/database.ts'
import { openLanceVectors } from '../../src/stores/lance-vectors.ts'
import { openQueue } from '../../src/stores/queue.ts'
import { createLocalWakeUps } from '../../src/stores/wake-ups.ts'

export interface Knowledge {
  resources: Resources
  vectorFolder: string
  close(): Promise<void>
}

/** The real database, queue, vectors and embedder in a temporary folder; no generator and no router, which knowledge does not need. */
export async function openKnowledge({ embedder, logLevel = 'silent' }: { embedder?: Embedder | null; logLevel?: string } = {}): Promise<Knowledge> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-knowledge-'))
  const logger = createLogger({ level: logLevel, isTerminal: false })
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: process.env.TEST_DATABASE_URL, LOG_LEVEL: 'silent' })
  const modelsDir = resolve(import.meta.dirname, '../../models')
  const database = await openDatabase({ databaseUrl: config.DATABASE_URL, dataDir: folder, logger })
  const queue = await openQueue({ connection: database.queueConnection, isEmbedded: database.isEmbedded, logger })
  const wakeUps = createLocalWakeUps()
  const used = embedder === undefined ? new MinilmEmbedder({ modelsDir }) : embedder
  const vectors = await openLanceVectors({ uri: config.VECTOR_URI, dimensions: 384, logger })
  const resources = {
    config,
    logger,
    metrics: createMetrics(),
    database: database.client,
    queue,
    wakeUps,
    vectors,
    embedder: used,
    countTokens: createTokenCounter(modelsDir),
  } as unknown as Resources
  return {
    resources,
    vectorFolder: config.VECTOR_URI,
    async close() {
      await queue.stop({ timeoutMs: 5_000 })
      await vectors.close()
      await used?.close()
      await wakeUps.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
