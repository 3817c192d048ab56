import { trainIntentHead } from '../../engines/train-intent-head.ts'
import type { Resources } from '../../resources.ts'
import { examplesFingerprint, readIntentExamples } from './read-intent-examples.ts'
import { trainingOf } from './router-training.ts'

export const routerTopic = 'router:trained'

type RouterResources = Pick<Resources, 'database' | 'embedder' | 'router' | 'logger' | 'metrics' | 'wakeUps'>

/**
 * Trains this process's router on the examples as they are now, and tells the other replicas. Does nothing when it already holds that head.
 * One training at a time for each router, and at most one more that waits: the last to begin has read the newest examples, and its head is
 * the one that stays.
 */
export function trainRouter(resources: RouterResources, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const training = trainingOf(resources.router)
  training.waiting ??= (training.running ?? Promise.resolve())
    .catch(() => {})
    .then(async () => {
      training.running = training.waiting
      training.waiting = null
      try {
        await trainOnce(resources, signal)
        training.failure = null
      } catch (error) {
        training.failure = error instanceof Error ? error.message : String(error)
        throw error
      } finally {
        training.running = null
      }
    })
  return training.waiting
}

async function trainOnce({ database, embedder, router, logger, metrics, wakeUps }: RouterResources, signal: AbortSignal | undefined): Promise<void> {
  if (!embedder) return router.load(null)
  const training = trainingOf(router)
  // Before the examples: one that is added between the two is trained twice rather than never.
  const fingerprint = await examplesFingerprint({ database, embedder })
  if (training.fingerprint === fingerprint) return

  const startedAt = performance.now()
  const examples = await readIntentExamples({ database, embedder }, { signal })
  const head = await trainIntentHead({ model: embedder.model, examples, signal })
  router.load(head)
  training.fingerprint = fingerprint
  training.trainedAt = head && new Date()
  metrics.routerExamples.set(head?.metrics.examples ?? 0)
  // No figure, rather than a good-looking zero, for what was not measured.
  for (const [gauge, value] of [
    [metrics.routerAccuracy, head?.metrics.accuracy],
    [metrics.routerCalibrationError, head?.metrics.expectedCalibrationError],
  ] as const)
    gauge.set(value ?? Number.NaN)
  if (!head) return logger.info({ examples: examples.length }, 'router abstains: it needs two intents with examples')
  const ms = performance.now() - startedAt
  metrics.routerTraining.observe(ms / 1000)
  logger.info({ version: head.version, ms: Math.round(ms), ...head.metrics }, 'router trained')
  wakeUps.notify(routerTopic)
}
