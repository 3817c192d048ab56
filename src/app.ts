import type { Config } from './config.ts'
import { startWorkers, type Workers } from './jobs/index.ts'
import { keepInMemory } from './jobs/keep-in-memory.ts'
import { watchDrafts } from './jobs/watch-drafts.ts'
import type { Logger } from './lib/logger.ts'
import { openResources, type ResourceOverrides, type Resources } from './resources.ts'
import { schema } from './schema/index.ts'
import { startServer } from './server.ts'
import { bootstrapAdmin } from './services/access/api-keys.ts'
import { activeModelVersion } from './services/models/active-model-version.ts'

export interface RunningApp {
  /** Where the API is, such as http://127.0.0.1:4000/graphql; of a process without it, where its health is told. */
  url: string
  /** Opens GraphiQL in a browser, once. Null where there is no API. */
  consoleLink: string | null
  /** The admin key that was made because there was none; it is not kept. */
  adminKey: string | null
  resources: Resources
  /** Ends within ten seconds: no new work, what runs finishes or is marked, subscribers hear the end. */
  stop(): Promise<void>
}

/** Puts everything together. Whatever fails to open closes what was open before. */
export async function startApp(config: Config, { logger, ...overrides }: { logger: Logger } & ResourceOverrides): Promise<RunningApp> {
  const { resources, close } = await openResources(config, logger, overrides)
  try {
    await activeModelVersion(resources)
    const isApi = config.ROLES.has('api')
    const workers = config.ROLES.has('worker') ? await startWorkers(resources) : startWithoutWorkers(resources)
    const server = await startServer(schema, resources).catch(async (error: unknown) => {
      await workers.stop({ timeoutMs: 0 })
      throw error
    })
    // Last, so that a start that fails does not use up the one time that a key is shown.
    const adminKey = isApi ? await bootstrapAdmin(resources) : null
    return {
      url: isApi ? `${server.url}/graphql` : `${server.url}/health/ready`,
      consoleLink: isApi ? server.newConsoleLink() : null,
      adminKey,
      resources,
      async stop() {
        server.drain()
        await workers.stop({ timeoutMs: 7_000 })
        await server.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function startWithoutWorkers(resources: Resources): Workers {
  const stopKeeping = keepInMemory(resources)
  const stopWatching = watchDrafts(resources)
  return {
    async stop(options) {
      stopWatching()
      await Promise.all([stopKeeping(), resources.queue.stop(options)])
    },
  }
}
