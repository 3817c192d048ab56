import type { Config } from './config.ts'
import { CrossEncoder } from './engines/cross-encoder.ts'
import type { Embedder } from './engines/embedder.ts'
import { createEmbedders, type Embedders, withConfigured } from './engines/embedders.ts'
import { createGenerators, type Generators } from './engines/generators.ts'
import { createIntentRouter, type IntentRouter } from './engines/intent-router.ts'
import { modelInFolder } from './engines/model-files.ts'
import type { ModelServer } from './engines/model-server.ts'
import { ModelThread } from './engines/model-thread.ts'
import { OllamaModels } from './engines/ollama-models.ts'
import type { Reranker } from './engines/reranker.ts'
import { createSpelling, type Spelling } from './engines/spelling.ts'
import { createTokenCounter, readVocabulary } from './engines/tokenizer.ts'
import type { Logger } from './lib/logger.ts'
import { createMetrics, type Metrics } from './lib/metrics.ts'
import { createPublicUrl, type PublicUrl } from './lib/public-url.ts'
import { type CostBudgets, createCostBudgets } from './stores/cost-budgets.ts'
import { type Database, openDatabase } from './stores/database.ts'
import { createFreshEvents, type FreshEvents } from './stores/fresh-events.ts'
import { createGenerations, type Generations } from './stores/generations.ts'
import { createLanceVectors } from './stores/lance-vectors.ts'
import { createLearned, type Learned } from './stores/learned.ts'
import { openWakeUps } from './stores/open-wake-ups.ts'
import { openQueue, type Queue } from './stores/queue.ts'
import { createRegisteredOperations, type RegisteredOperations } from './stores/registered-operations.ts'
import type { VectorStore } from './stores/vectors.ts'
import type { WakeUps } from './stores/wake-ups.ts'

/** What services are handed. A service names the few it needs: `Pick<Resources, 'database' | 'queue'>`. */
export interface Resources {
  config: Config
  logger: Logger
  metrics: Metrics
  publicUrl: PublicUrl
  database: Database
  /** One process and one connection: whatever another process might be doing, none is. */
  isEmbedded: boolean
  queue: Queue
  wakeUps: WakeUps
  freshEvents: FreshEvents
  vectors: VectorStore
  generations: Generations
  /** What partners may run. */
  operations: RegisteredOperations
  /** What callers may ask of this server in a minute. */
  costBudgets: CostBudgets
  /** What new text is embedded with: `embedders.configured`. Null when EMBEDDER=none. */
  embedder: Embedder | null
  embedders: Embedders
  /** Null when RERANKER_MODEL is not set. */
  reranker: Reranker | null
  generators: Generators
  /** Where models are made; null unless drafts may be written by Ollama. */
  modelServer: ModelServer | null
  spelling: Spelling
  /** Word pieces of a text, as the embedder counts them. */
  countTokens: (text: string) => number
  /** Holds the trained head that routes now; it abstains until there is one. */
  router: IntentRouter
  /** What retrainings have taught. */
  learned: Learned
}

/** What a test may bring instead: the language model is the only part that is ever scripted. */
export interface ResourceOverrides {
  generators?: Generators
  embedder?: Embedder | null
  reranker?: Reranker | null
}

/** Opens the stores and engines; `close` closes them in reverse. What fails to open closes what was open before. */
export async function openResources(
  config: Config,
  logger: Logger,
  overrides: ResourceOverrides = {},
): Promise<{ resources: Resources; close: () => Promise<void> }> {
  const closers: (() => unknown)[] = []
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne()
  }
  try {
    const opened = await openDatabase({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, logger })
    closers.push(() => opened.close())
    const { client: database, isEmbedded } = opened
    const metrics = createMetrics()
    const wakeUps = await openWakeUps({ config, logger, metrics })
    closers.push(() => wakeUps.close())
    const operations = createRegisteredOperations({ database, wakeUps, logger })
    closers.push(() => operations.close())
    const costBudgets = createCostBudgets({ config, logger })
    closers.push(() => costBudgets.close())
    const learned = createLearned({ database, wakeUps, logger })
    closers.push(() => learned.close())
    await learned.refresh()
    const thread = new ModelThread()
    closers.push(() => thread.close())
    const { embedders, reranker } = openLocalModels(config, logger, thread, overrides)
    closers.push(
      () => embedders.close(),
      () => reranker?.close(),
    )
    const embedder = embedders.configured
    const generators = overrides.generators ?? createGenerators({ config, embedder, logger, metrics })
    closers.push(() => generators.close())
    const [queue] = await Promise.all([openQueue({ connection: opened.queueConnection, isEmbedded, logger }), generators.start()])
    const vectors = createLanceVectors({ uri: config.VECTOR_URI, isShared: !isEmbedded, logger })
    // Stopped twice is stopped: normally the workers have done so before.
    closers.push(
      () => vectors.close(),
      () => queue.stop({ timeoutMs: 0 }),
    )
    return {
      resources: {
        config,
        logger,
        metrics,
        publicUrl: createPublicUrl({ configured: config.PUBLIC_URL, fallback: `http://${config.HOST}:${config.PORT}` }),
        database,
        isEmbedded,
        queue,
        wakeUps,
        freshEvents: createFreshEvents(),
        vectors,
        generations: createGenerations(database),
        operations,
        costBudgets,
        embedder,
        embedders,
        reranker,
        generators,
        modelServer: ['auto', 'ollama'].includes(config.GENERATOR) ? new OllamaModels({ host: config.OLLAMA_HOST }) : null,
        countTokens: createTokenCounter(config.MODELS_DIR, embedder?.model),
        spelling: createSpelling(readVocabulary),
        router: createIntentRouter(),
        learned,
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function openLocalModels(
  config: Config,
  logger: Logger,
  thread: ModelThread,
  overrides: ResourceOverrides,
): { embedders: Embedders; reranker: Reranker | null } {
  const modelsDir = config.MODELS_DIR
  const found = createEmbedders({ config, modelsDir, logger, thread })
  const reranker = config.RERANKER_MODEL ? new CrossEncoder({ model: modelInFolder(modelsDir, config.RERANKER_MODEL), thread, logger }) : null
  return {
    embedders: overrides.embedder === undefined ? found : withConfigured(found, overrides.embedder),
    reranker: overrides.reranker === undefined ? reranker : overrides.reranker,
  }
}
