import type { Config } from '../config.ts'
import type { Logger } from '../lib/logger.ts'
import type { Embedder } from './embedder.ts'
import { LocalEmbedder } from './local-embedder.ts'
import { type ModelFiles, modelByName, modelInFolder, nameOf } from './model-files.ts'
import { ModelThread } from './model-thread.ts'
import { OpenaiEmbedder, openaiModelOf } from './openai-embedder.ts'

/** The embedding models that can be had here: an index that is being replaced goes on answering with the model that made it. */
export interface Embedders {
  /** What new text is embedded with; null when EMBEDDER=none. */
  readonly configured: Embedder | null
  /** The embedder of a model by the name that is stored with its vectors; null when that model cannot be had here. */
  byModel(model: string): Embedder | null
  close(): Promise<void>
}

type EmbeddersConfig = Pick<Config, 'EMBEDDER' | 'EMBEDDING_MODEL' | 'EMBEDDING_BASE_URL' | 'OPENAI_BASE_URL' | 'OPENAI_API_KEY'>

export function createEmbedders({
  config,
  modelsDir,
  logger,
  thread,
}: {
  config: EmbeddersConfig
  modelsDir: string
  logger: Pick<Logger, 'warn'>
  /** The thread that other local models compute in; without one they have their own. */
  thread?: ModelThread
}): Embedders {
  const ownThread = thread ? null : new ModelThread()
  const baseUrl = config.EMBEDDING_BASE_URL ?? config.OPENAI_BASE_URL
  const open = new Map<string, Embedder>()

  const keep = (embedder: Embedder) => {
    open.set(embedder.model, embedder)
    return embedder
  }
  const local = (model: ModelFiles) => open.get(nameOf(model)) ?? keep(new LocalEmbedder({ modelsDir, model, thread: thread ?? ownThread!, logger }))
  const remote = (model: string) => keep(new OpenaiEmbedder({ baseUrl: baseUrl!, apiKey: config.OPENAI_API_KEY, model, logger }))

  function openConfigured(): Embedder | null {
    if (config.EMBEDDER === 'none') return null
    return config.EMBEDDER === 'openai' ? remote(config.EMBEDDING_MODEL) : local(modelInFolder(modelsDir, config.EMBEDDING_MODEL))
  }
  const configured = openConfigured()

  return {
    configured,
    byModel(name) {
      // Without an embedder nothing is embedded, whatever files lie about.
      if (!configured) return null
      const opened = open.get(name)
      if (opened) return opened
      const onServer = openaiModelOf(name)
      if (onServer !== null) return baseUrl ? remote(onServer) : null
      const files = modelByName(modelsDir, name)
      return files && local(files)
    },
    async close() {
      for (const embedder of open.values()) await embedder.close()
      await ownThread?.close()
    },
  }
}

/** For tests, and programs that bring their own: `configured` first, then what else there is. */
export function withConfigured(embedders: Embedders, configured: Embedder | null): Embedders {
  return {
    configured,
    byModel: (name) => (configured === null ? null : name === configured.model ? configured : embedders.byModel(name)),
    async close() {
      await configured?.close()
      await embedders.close()
    },
  }
}
