import { InvalidInputError } from '../errors.ts'

export interface FineTuningInput {
  epochs?: number | null
  learningRate?: number | null
  rank?: number | null
  alpha?: number | null
  dropout?: number | null
  targetModules?: string[] | null
  quantized?: boolean | null
  minimumExamples?: number | null
}

export interface FineTuningSettings {
  epochs: number
  learningRate: number
  rank: number
  alpha: number
  dropout: number
  /** Names of layers, or all-linear alone. */
  targetModules: string[]
  quantized: boolean
  minimumExamples: number
}

/** LoRA as design.md has it; `all-linear` is the recommended alternative where memory allows. */
export const usualSettings: FineTuningSettings = {
  epochs: 3,
  learningRate: 2e-4,
  rank: 16,
  alpha: 32,
  dropout: 0.05,
  targetModules: ['q_proj', 'k_proj', 'v_proj', 'o_proj'],
  quantized: false,
  minimumExamples: 1_000,
}

const ranges = {
  epochs: { least: 0.1, most: 50, isWhole: false },
  learningRate: { least: 1e-7, most: 0.1, isWhole: false },
  rank: { least: 1, most: 512, isWhole: true },
  alpha: { least: 1, most: 2_048, isWhole: true },
  dropout: { least: 0, most: 0.9, isWhole: false },
  minimumExamples: { least: 2, most: 1_000_000, isWhole: true },
} as const
const mostModules = 20

export function checkSettings(input: FineTuningInput): FineTuningSettings {
  const settings = { ...usualSettings, quantized: input.quantized ?? false }
  for (const name of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = input[name] ?? usualSettings[name]
    const { least, most, isWhole } = ranges[name]
    if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value)))
      throw new InvalidInputError(`${name} is ${value}, and must be ${isWhole ? 'a whole number ' : ''}from ${least} to ${most}.`)
    settings[name] = value
  }
  const modules = input.targetModules ?? usualSettings.targetModules
  if (modules.length === 0 || modules.length > mostModules || modules.some((name) => !/^[A-Za-z0-9_.-]{1,100}$/.test(name)))
    throw new InvalidInputError(`targetModules must be from 1 to ${mostModules} names of layers, like q_proj, or all-linear alone.`)
  if (modules.includes('all-linear') && modules.length > 1)
    throw new InvalidInputError('targetModules names all-linear and others. Leave the others out.')
  return { ...settings, targetModules: modules }
}

/** The trainer's own words for them. */
export function trainerArguments(settings: FineTuningSettings): string[] {
  return [
    ['--epochs', settings.epochs],
    ['--learning-rate', settings.learningRate],
    ['--rank', settings.rank],
    ['--alpha', settings.alpha],
    ['--dropout', settings.dropout],
    ['--target-modules', settings.targetModules.join(',')],
    ['--minimum-examples', settings.minimumExamples],
  ]
    .flat()
    .map(String)
    .concat(settings.quantized ? ['--quantized'] : [])
}
