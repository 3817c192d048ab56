import type { Config } from '../config.ts'
import type { Logger } from '../lib/logger.ts'
import type { Embedder, EngineState } from './embedder.ts'
import { ExtractiveGenerator } from './extractive-generator.ts'
import type { Generator } from './generator.ts'
import { limitGenerator } from './limit-generator.ts'
import { OllamaGenerator } from './ollama-generator.ts'
import { OpenaiGenerator } from './openai-generator.ts'

export interface GeneratorsState extends EngineState {
  kind: Generator['kind']
  model: string
}

/** Which engine writes drafts now. */
export interface Generators {
  current(): Generator
  /** Who can write when the current one fails: the extractive engine with GENERATOR=auto, else nobody. */
  fallback(): Generator | null
  state(): GeneratorsState
  /** Looks at the server again, now. */
  refresh(): Promise<void>
  /** Asks the server a first time and then keeps looking. Resolves within two seconds, whoever answers. */
  start(): Promise<void>
  close(): void
}

type GeneratorsConfig = Pick<
  Config,
  'GENERATOR' | 'OLLAMA_HOST' | 'OLLAMA_MODEL' | 'OPENAI_BASE_URL' | 'OPENAI_API_KEY' | 'OPENAI_MODEL' | 'IDLE_TOKEN_TIMEOUT_MS'
>

export function createGenerators({
  config,
  embedder,
  logger,
  lookAgainMs = 15_000,
}: {
  config: GeneratorsConfig
  embedder: Embedder | null
  logger: Pick<Logger, 'info' | 'warn'>
  lookAgainMs?: number
}): Generators {
  const extractive = new ExtractiveGenerator({ embedder })
  const preferred = createPreferred(config, extractive, logger)
  const isAutomatic = config.GENERATOR === 'auto'
  let preferredState: EngineState = { status: 'idle', detail: `${preferred.model} has not been asked yet` }
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  const current = () => (isAutomatic && preferredState.status !== 'ready' ? extractive : preferred)

  async function look(): Promise<void> {
    const before = preferredState
    preferredState = await preferred.check()
    if (preferredState.status === before.status && preferredState.detail === before.detail) return
    const { kind, model } = current()
    const fields = { generator: kind, model, status: preferredState.status }
    if (preferredState.status === 'ready') logger.info(fields, `Drafts are written by ${preferredState.detail}`)
    else if (isAutomatic) logger.info(fields, `Drafts are written by the extractive engine. ${preferredState.detail}`)
    else logger.warn(fields, `Drafts cannot be written: ${preferredState.detail}`)
  }

  function refresh(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null
    })
    return looking
  }

  return {
    current,
    fallback: () => (isAutomatic && current() !== extractive ? extractive : null),
    state() {
      const { kind, model } = current()
      if (isAutomatic && kind === 'EXTRACTIVE') return { kind, model, status: 'ready', detail: `extractive: ${preferredState.detail}` }
      return { kind, model, ...preferredState }
    },
    refresh,
    async start() {
      await refresh()
      timer ??= setInterval(() => void refresh(), lookAgainMs).unref()
    },
    close() {
      clearInterval(timer)
    },
  }
}

function createPreferred(config: GeneratorsConfig, extractive: Generator, logger: Pick<Logger, 'warn'>): Generator {
  if (config.GENERATOR === 'extractive') return extractive
  const languageModel =
    config.GENERATOR === 'openai'
      ? new OpenaiGenerator({ baseUrl: config.OPENAI_BASE_URL!, apiKey: config.OPENAI_API_KEY, model: config.OPENAI_MODEL! })
      : new OllamaGenerator({ host: config.OLLAMA_HOST, model: config.OLLAMA_MODEL })
  return limitGenerator(languageModel, { idleMs: config.IDLE_TOKEN_TIMEOUT_MS, logger })
}
