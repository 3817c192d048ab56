import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { routerTopic, trainRouter } from './train-router.ts'

// A lost wake-up, or an embedder that was away, costs this long. Asking is one small query when nothing has changed.
const lookEveryMs = 60_000

/**
 * Gives this process its head, in the background, and again whenever another replica has trained one. Returns the function that stops it.
 * Until the first is there the router abstains.
 */
export function startRouter(resources: Pick<Resources, 'database' | 'embedder' | 'router' | 'logger' | 'metrics' | 'wakeUps'>): () => Promise<void> {
  const stopping = new AbortController()
  let running = Promise.resolve()
  const train = () => {
    running = trainRouter(resources, { signal: stopping.signal }).catch((error: unknown) => {
      if (stopping.signal.aborted) return
      const reason = error instanceof Error ? error.message : String(error)
      if (error instanceof EmbedderUnavailableError) resources.logger.warn({ reason }, 'router abstains: the embedder is away')
      else resources.logger.error({ err: error }, 'the router could not be trained')
    })
  }
  const stopListening = resources.wakeUps.listen(routerTopic, train)
  const looking = setInterval(train, lookEveryMs).unref()
  train()
  return async () => {
    clearInterval(looking)
    stopListening()
    stopping.abort()
    await running
  }
}
