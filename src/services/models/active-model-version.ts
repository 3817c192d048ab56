import type { Config } from '../../config.ts'
import type { GenerationParameters } from '../../engines/generator.ts'
import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { defaultFewShot, type FewShotPolicy } from '../training/nearest-replies.ts'

/** What drafts are written with now. A new database gets the built-in one. */
export async function activeModelVersion({ database }: Pick<Resources, 'database'>): Promise<ModelVersion> {
  const active = await database.modelVersion.findFirst({ where: { status: 'ACTIVE' } })
  if (active) return active
  await database.modelVersion.createMany({ data: [{ name: 'Built-in', kind: 'PROMPT', status: 'ACTIVE' }], skipDuplicates: true })
  return database.modelVersion.findFirstOrThrow({ where: { status: 'ACTIVE' } })
}

/** How many approved replies its prompts show, and which. */
export function fewShotPolicy({ fewShot }: Pick<ModelVersion, 'fewShot'>): FewShotPolicy {
  const { count = defaultFewShot.count, strategy = defaultFewShot.strategy } = fewShot as Partial<FewShotPolicy>
  return { count, strategy }
}

/** What a version may say itself; what is missing comes from the configuration. */
export interface VersionParameters {
  temperature?: number
  topP?: number
  contextTokens?: number
  maximumTokens?: number
}

const defaultTemperature = 0.2

/** The version's own parameters over the configuration's. */
export function modelParameters(
  { parameters }: Pick<ModelVersion, 'parameters'>,
  config: Pick<Config, 'CONTEXT_TOKENS' | 'MAXIMUM_TOKENS'>,
): GenerationParameters {
  const own = parameters as VersionParameters
  const { temperature = defaultTemperature, contextTokens = config.CONTEXT_TOKENS, maximumTokens = config.MAXIMUM_TOKENS } = own
  return {
    temperature,
    contextTokens,
    maximumTokens: Math.min(maximumTokens, Math.floor(contextTokens / 2)),
    ...(own.topP !== undefined && { topP: own.topP }),
  }
}
