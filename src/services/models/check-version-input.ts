import type { Prisma } from '../../generated/prisma/client.ts'
import { checkOptionalText, checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'
import type { FewShotPolicy } from '../training/nearest-replies.ts'
import type { VersionParameters } from './active-model-version.ts'

const longestSystemPrompt = 8_000
const mostExamples = 5

export interface ParametersInput {
  temperature?: number | null
  topP?: number | null
  contextTokens?: number | null
  maximumTokens?: number | null
}

const ranges = {
  temperature: { least: 0, most: 2, isWhole: false },
  // 0 would leave no word to choose.
  topP: { least: 0.01, most: 1, isWhole: false },
  contextTokens: { least: 512, most: 131_072, isWhole: true },
  maximumTokens: { least: 16, most: 8_192, isWhole: true },
} as const

export function checkName(name: string): string {
  return checkText('name', name.trim(), { maximum: limits.name })
}

/** Undefined stays undefined: nothing was said about it. */
export function checkSystemPrompt(systemPrompt: string | null | undefined): string | null | undefined {
  return systemPrompt === undefined ? undefined : checkOptionalText('systemPrompt', systemPrompt, { maximum: longestSystemPrompt })
}

/** A model's name on a server: no spaces, and nothing that a path or a shell could take for something else. */
export function checkModelName(field: string, name: string): string {
  const text = checkText(field, name.trim(), { maximum: limits.name })
  if (!/^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$/.test(text) || text.includes('..'))
    throw new InvalidInputError(`${field} is no name of a model. Use one as \`ollama list\` or /v1/models shows it, like llama3.2 or llama3.2:3b.`)
  return text
}

/** Those that were given, over those that were there before. */
export function checkParameters(
  input: ParametersInput | null | undefined,
  before: VersionParameters = {},
): VersionParameters & Prisma.InputJsonObject {
  const parameters = { ...before }
  for (const name of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = input?.[name]
    if (value === undefined) continue
    if (value === null) {
      delete parameters[name]
      continue
    }
    const { least, most, isWhole } = ranges[name]
    if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value)))
      throw new InvalidInputError(`parameters.${name} is ${value}, and must be ${isWhole ? 'a whole number ' : ''}from ${least} to ${most}.`)
    parameters[name] = value
  }
  const { contextTokens, maximumTokens } = parameters
  if (contextTokens !== undefined && maximumTokens !== undefined && maximumTokens > contextTokens / 2)
    throw new InvalidInputError(
      `parameters.maximumTokens is ${maximumTokens}, more than half of contextTokens (${contextTokens}): the prompt needs room as well. Lower it, or raise contextTokens.`,
    )
  return parameters as VersionParameters & Prisma.InputJsonObject
}

export function checkFewShot({ count, strategy }: FewShotPolicy): FewShotPolicy & Prisma.InputJsonObject {
  if (!Number.isInteger(count) || count < 0 || count > mostExamples)
    throw new InvalidInputError(`fewShot.count is ${count}, and must be a whole number from 0 to ${mostExamples}. More examples helped nobody.`)
  if (strategy === 'NONE' && count > 0) throw new InvalidInputError(`fewShot.count is ${count}, but the strategy NONE shows none. Use 0.`)
  return { count, strategy }
}
