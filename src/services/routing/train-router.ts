import type { IntentRouter } from '../../engines/intent-router.ts'
import { headVersion, trainIntentHead } from '../../engines/train-intent-head.ts'
import type { Resources } from '../../resources.ts'
import { embedIntentExamples } from './embed-intent-examples.ts'

export const routerTopic = 'router:trained'

type RouterResources = Pick<Resources, 'database' | 'embedder' | 'router' | 'logger' | 'wakeUps'>

// One training at a time for each router: a slow one that read older examples must not replace the head of a later one.
const latest = new WeakMap<IntentRouter, Promise<unknown>>()

/** Trains this process's router on the examples as they are now, and tells the other replicas. Does nothing when it already holds that head. */
export async function trainRouter(resources: RouterResources, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const training = (latest.get(resources.router) ?? Promise.resolve()).catch(() => {}).then(() => trainOnce(resources, signal))
  latest.set(resources.router, training)
  await training
}

async function trainOnce({ database, embedder, router, logger, wakeUps }: RouterResources, signal: AbortSignal | undefined): Promise<void> {
  if (!embedder) return router.load(null)
  const stored = await database.intentExample.findMany({ include: { intent: { select: { name: true } } }, orderBy: { id: 'asc' } })
  const examples = stored.map(({ id, text, intent, embedding, embeddingModel }) => ({ id, text, intent: intent.name, embedding, embeddingModel }))
  if (router.current()?.version === headVersion(embedder.model, examples)) return

  const startedAt = performance.now()
  const vectors = await embedIntentExamples({ database, embedder }, { examples, signal })
  const head = await trainIntentHead({
    model: embedder.model,
    examples: examples.map(({ id, text, intent }, index) => ({ id, text, intent, vector: vectors[index]! })),
    signal,
  })
  router.load(head)
  if (!head) return logger.info({ examples: examples.length }, 'router abstains: it needs two intents with examples')
  logger.info({ version: head.version, ms: Math.round(performance.now() - startedAt), ...head.metrics }, 'router trained')
  wakeUps.notify(routerTopic)
}
