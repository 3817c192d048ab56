import type { GenerationParameters } from '../../engines/generator.ts'
import type { GeneratorKind, ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { estimateTokens } from '../drafting/build-prompt.ts'
import { type NearReply, nearestReplies } from '../training/nearest-replies.ts'
import { fewShotPolicy, modelParameters } from './active-model-version.ts'

/** A reply that a version holds, redacted. */
export interface VersionMessage {
  trainingExampleId: string
  question: string
  reply: string
}

export interface Writing {
  /** The model to ask; null: the configured one. */
  model: string | null
  parameters: GenerationParameters
  /** Replies for the prompt to show, best first. */
  examples: NearReply[]
  /** What the prompt may cost, in tokens: the context window less the answer and what the model itself puts before the prompt. */
  budgetTokens: number
}

const mostExamples = 5
/** The marks that a template puts around two messages. */
const tokensAround = 16

/**
 * With what this version writes the answer to a question, on the generator that writes now. Where that is another server than the version's model
 * was made on, the configured model writes, and the version's own replies are shown in the prompt instead.
 */
export async function writeWith(
  resources: Pick<Resources, 'config' | 'learned' | 'embedder' | 'generators'>,
  { modelVersion, question, signal }: { modelVersion: ModelVersion; question: string; signal?: AbortSignal },
): Promise<Writing> {
  const { kind } = resources.generators.current()
  const parameters = modelParameters(modelVersion, resources.config)
  const near = await nearestReplies(resources, { question, policy: fewShotPolicy(modelVersion), signal })
  const own = modelVersion.messages as unknown as VersionMessage[]
  const budgetTokens = parameters.contextTokens - parameters.maximumTokens
  const model = modelOn(modelVersion, kind)
  if (model !== null && modelVersion.generatorModel !== modelVersion.baseModel)
    return { model, parameters, examples: near, budgetTokens: budgetTokens - tokensOfMessages(own) }
  const shown = new Set(near.map(({ trainingExampleId }) => trainingExampleId))
  const rest = own.filter(({ trainingExampleId }) => !shown.has(trainingExampleId)).map((message) => ({ ...message, similarity: 1 }))
  return { model, parameters, examples: [...near, ...rest].slice(0, mostExamples), budgetTokens }
}

/** The version's model as a generator of this kind knows it; null: the configured one is asked, or none. */
export function modelOn({ generatorModel, generatorKind }: ModelVersion, kind: GeneratorKind): string | null {
  return kind !== 'EXTRACTIVE' && (generatorKind === null || generatorKind === kind) ? generatorModel : null
}

/** What they add to every prompt, in tokens, once a model holds them. */
export function tokensOfMessages(messages: Pick<VersionMessage, 'question' | 'reply'>[]): number {
  return messages.reduce((sum, { question, reply }) => sum + estimateTokens(question) + estimateTokens(reply) + tokensAround, 0)
}
