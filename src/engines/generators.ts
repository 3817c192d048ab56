import type { Config } from '../config.ts'
import type { Logger } from '../lib/logger.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { CircuitName } from './circuit.ts'
import type { Embedder, EngineState } from './embedder.ts'
import { ExtractiveGenerator } from './extractive-generator.ts'
import type { Generator } from './generator.ts'
import { type GuardedGenerator, guardGenerator } from './guard-generator.ts'
import { limitGenerator } from './limit-generator.ts'
import { OllamaGenerator } from './ollama-generator.ts'
import { OpenaiGenerator } from './openai-generator.ts'

export interface GeneratorsState extends EngineState {
  kind: Generator['kind']
  model: string
  /** Null for the extractive engine, which needs none. */
  circuit: CircuitName | null
}

/** Which engine writes drafts now. */
export interface Generators {
  current(): Generator
  /** Who writes when the current one fails before its first word: the extractive engine or nobody, as GENERATOR_FALLBACK says. */
  fallback(): Generator | null
  state(): GeneratorsState
  /** Calls the listener when another engine is the current one. Returns what ends that. */
  onChange(listener: () => void): () => void
  /** Looks at the server again, now. */
  refresh(): Promise<void>
  /** Asks the server a first time and then keeps looking. Resolves within two seconds, whoever answers. */
  start(): Promise<void>
  close(): void
}

type GeneratorsConfig = Pick<
  Config,
  | 'GENERATOR'
  | 'GENERATOR_CONCURRENCY'
  | 'GENERATOR_FALLBACK'
  | 'GENERATOR_RETRIES'
  | 'GENERATOR_CIRCUIT_FAILURES'
  | 'GENERATOR_CIRCUIT_OPEN_MS'
  | 'OLLAMA_HOST'
  | 'OLLAMA_MODEL'
  | 'OPENAI_BASE_URL'
  | 'OPENAI_API_KEY'
  | 'OPENAI_MODEL'
  | 'FIRST_TOKEN_TIMEOUT_MS'
  | 'IDLE_TOKEN_TIMEOUT_MS'
>

export function createGenerators({
  config,
  embedder,
  logger,
  metrics,
  lookAgainMs = 15_000,
}: {
  config: GeneratorsConfig
  embedder: Embedder | null
  logger: Pick<Logger, 'info' | 'warn'>
  metrics: Metrics
  lookAgainMs?: number
}): Generators {
  const extractive = new ExtractiveGenerator({ embedder })
  const guarded = config.GENERATOR === 'extractive' ? null : guardedModel(config, { logger, metrics })
  const preferred = guarded ?? extractive
  const isAutomatic = config.GENERATOR === 'auto'
  const standIn = (config.GENERATOR_FALLBACK ?? (isAutomatic ? 'extractive' : 'none')) === 'extractive' ? extractive : null
  const listeners = new Set<() => void>()
  let preferredState: EngineState = { status: 'idle', detail: `${preferred.model} has not been asked yet` }
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  const current = () => (isAutomatic && preferredState.status !== 'ready' ? extractive : preferred)

  async function look(): Promise<void> {
    const before = preferredState
    const writer = current()
    preferredState = await preferred.check()
    if (current() !== writer) for (const listener of listeners) listener()
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
    fallback: () => (current() === extractive ? null : standIn),
    state() {
      const { kind, model } = current()
      if (isAutomatic && kind === 'EXTRACTIVE') return { kind, model, status: 'ready', detail: `extractive: ${preferredState.detail}`, circuit: null }
      const circuit = guarded?.circuit() ?? null
      if (circuit === 'closed' || circuit === null) return { kind, model, ...preferredState, circuit }
      const meanwhile = standIn ? 'the extractive engine writes' : 'drafts fail at once'
      const detail = `${model} failed time after time; until it answers in a trial, which a draft makes every ${config.GENERATOR_CIRCUIT_OPEN_MS / 1000} s, ${meanwhile}`
      return { kind, model, status: 'unavailable', detail, circuit }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
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

function guardedModel(config: GeneratorsConfig, observers: { logger: Pick<Logger, 'info' | 'warn'>; metrics: Metrics }): GuardedGenerator {
  const model =
    config.GENERATOR === 'openai'
      ? new OpenaiGenerator({ baseUrl: config.OPENAI_BASE_URL!, apiKey: config.OPENAI_API_KEY, model: config.OPENAI_MODEL! })
      : new OllamaGenerator({ host: config.OLLAMA_HOST, model: config.OLLAMA_MODEL })
  const settings = {
    concurrency: config.GENERATOR_CONCURRENCY,
    firstTokenMs: config.FIRST_TOKEN_TIMEOUT_MS,
    retries: config.GENERATOR_RETRIES,
    failuresToOpen: config.GENERATOR_CIRCUIT_FAILURES,
    openMs: config.GENERATOR_CIRCUIT_OPEN_MS,
  }
  return guardGenerator(limitGenerator(model, { idleMs: config.IDLE_TOKEN_TIMEOUT_MS, logger: observers.logger }), settings, observers)
}
