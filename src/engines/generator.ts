import type { GeneratorKind } from '../generated/prisma/client.ts'
import type { EngineState } from './embedder.ts'

export interface PromptMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** What a draft may be written from. The number is the mark that the model cites it by: [1], [2] … */
export interface Source {
  number: number
  title: string
  heading: string
  text: string
  /** How well it fits the question, 0 to 1. */
  score: number
  /** For the agent's eyes only: it may inform a reply, but is never quoted to the customer. */
  internal: boolean
}

export interface GenerationRequest {
  /** Which of its server's models is to answer; null: the configured one. The extractive engine has none. */
  model?: string | null
  /** For engines that are language models. */
  messages: PromptMessage[]
  /** For the extractive engine, which has no use for a prompt. */
  question: string
  /** What the customer said before, when the question leans on it: "and the shipping costs?" */
  context?: string | null
  sources: Source[]
  /** Approved replies to like questions, nearest first; `similarity` is the cosine of the questions. In the messages they stand already. */
  examples?: { question: string; reply: string; similarity: number }[]
  /** Retrieval's own judgement: is the answer in the sources at all? */
  sufficient: boolean
  /** True when the evidence says that a person must take over. */
  handOver: boolean
  voice: Voice
  tone: 'FRIENDLY' | 'FORMAL' | 'SHORTER' | 'LONGER' | 'SIMPLER' | null
  /** False when nobody watches it being written, and it should come at once. */
  isWatched?: boolean
  parameters: GenerationParameters
  /** The answer is to be JSON of this JSON schema; engines that cannot hold a model to it only ask for it in the messages. */
  answerSchema?: Record<string, unknown>
}

export interface GenerationParameters {
  contextTokens: number
  maximumTokens: number
  temperature: number
  /** Left out: as the model says. */
  topP?: number
}

export interface Voice {
  greeting: string
  signOff: string
}

/** Text in pieces as the model makes them, then exactly one end. */
export type GeneratorOutput = { type: 'text'; text: string } | { type: 'end'; usage: GeneratorUsage }

export interface GeneratorUsage {
  /** As the model counted them; null when it does not say. */
  promptTokens: number | null
  completionTokens: number | null
  /** The answer ran into maximumTokens. */
  cutOff: boolean
}

export interface Generator {
  readonly kind: GeneratorKind
  /** The model's name as its server knows it, for `draft.generatorModel` and the log. */
  readonly model: string
  /** How many answers it gives at once; without it, as many as are asked for. */
  readonly concurrency?: number
  /**
   * Streams one answer. Aborting the signal ends the model's work at once, not only ours. Throws GeneratorError for everything that goes wrong
   * with the model or its server.
   */
  generate(request: GenerationRequest, options: { signal: AbortSignal }): AsyncIterable<GeneratorOutput>
  /** Asks its server, without loading a model: is it there, does it have the model, the configured one unless named? Never throws. */
  check(model?: string): Promise<EngineState>
}

/** The name of the model that answers such a request. */
export function modelOf({ kind, model }: Pick<Generator, 'kind' | 'model'>, request: Pick<GenerationRequest, 'model'>): string {
  return kind === 'EXTRACTIVE' ? model : (request.model ?? model)
}

export class GeneratorError extends Error {
  readonly retryable: boolean
  /** What the draft's failure is called. */
  readonly code: 'GENERATOR_UNAVAILABLE' | 'TIMEOUT'
  constructor(
    message: string,
    { retryable, code = 'GENERATOR_UNAVAILABLE', cause }: { retryable: boolean; code?: GeneratorError['code']; cause?: unknown },
  ) {
    super(message, { cause })
    this.name = 'GeneratorError'
    this.retryable = retryable
    this.code = code
  }
}
