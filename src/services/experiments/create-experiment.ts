import type { Experiment, ExperimentMetric } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkText, limits } from '../checked-input.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import { minimumConversations } from './analyse.ts'

export interface VariantInput {
  name: string
  modelVersionId: string
  weight: number
}

export interface CreateExperimentInput {
  name: string
  variants: VariantInput[]
  primaryMetric?: ExperimentMetric | null
  guardrails?: ExperimentMetric[] | null
  autoPromote?: boolean | null
  maximumDrafts?: number | null
}

const leastShare = 0.01
const usualDrafts = 2_000
const mostDrafts = 1_000_000

/** Writes down what is to be compared, and how it will be judged, before anything is seen. Nothing changes until it is started. */
export async function createExperiment(
  { database }: Pick<Resources, 'database'>,
  { input, by }: { input: CreateExperimentInput; by: Viewer | null },
): Promise<Experiment> {
  const name = checkText('name', input.name.trim(), { maximum: limits.name })
  const variants = checkVariants(input.variants)
  const maximumDrafts = checkMaximum(input.maximumDrafts ?? usualDrafts)
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.experiment-name'))`
    if (await tx.experiment.findUnique({ where: { name }, select: { id: true } }))
      throw new ConflictError(`There is an experiment called ${JSON.stringify(name)} already. Choose another name.`)
    const versions = await tx.modelVersion.findMany({ where: { id: { in: variants.map(({ modelVersionId }) => modelVersionId) } } })
    if (versions.length < variants.length) throw new NotFoundError('model version', 'modelVersionId of each variant')
    refuseUnusable(versions)
    const experiment = await tx.experiment.create({
      data: {
        name,
        primaryMetric: input.primaryMetric ?? 'EDIT_RATIO',
        guardrails: [...new Set(input.guardrails ?? [])],
        autoPromote: input.autoPromote ?? false,
        maximumDrafts,
        createdById: by?.agentId ?? null,
        variants: { create: variants.map((variant, position) => ({ ...variant, position })) },
      },
    })
    await recordAudit(tx, by, {
      action: 'createExperiment',
      targetType: 'Experiment',
      targetId: experiment.id,
      details: { modelVersionIds: variants.map(({ modelVersionId }) => modelVersionId) },
    })
    return experiment
  })
}

export function refuseUnusable(versions: { name: string; status: string; failureMessage: string | null }[]): void {
  for (const { name, status, failureMessage } of versions) {
    if (status === 'BUILDING') throw new ConflictError(`${JSON.stringify(name)} is still being made. Wait for its run to end.`)
    if (status === 'FAILED')
      throw new ConflictError(
        `${JSON.stringify(name)} has FAILED and cannot write drafts: ${failureMessage ?? 'it was never finished.'} Name another version.`,
      )
  }
}

function checkVariants(given: VariantInput[]): VariantInput[] {
  if (given.length !== 2)
    throw new InvalidInputError(`An experiment has exactly two variants, of which the first is the control, and ${given.length} were given.`)
  const variants = given.map(({ name, ...variant }, index) => ({
    ...variant,
    name: checkText(`variants[${index}].name`, name.trim(), { maximum: limits.name }),
  })) as [VariantInput, VariantInput]
  const [control, tried] = variants
  if (control.name === tried.name) throw new InvalidInputError(`Both variants are called ${JSON.stringify(control.name)}. Give them different names.`)
  if (control.modelVersionId === tried.modelVersionId)
    throw new InvalidInputError('Both variants have the same model version, so that there is nothing to compare. Name two.')
  for (const { name, weight } of variants)
    if (!(weight > 0) || !Number.isFinite(weight))
      throw new InvalidInputError(
        `The weight of ${JSON.stringify(name)} is ${weight}, and must be above 0. Weights are relative: 1 and 1, or 50 and 50, is half of the conversations each.`,
      )
  const smaller = control.weight < tried.weight ? control : tried
  const share = smaller.weight / (control.weight + tried.weight)
  if (!(share >= leastShare))
    throw new InvalidInputError(
      `With these weights ${JSON.stringify(smaller.name)} gets ${(100 * share).toFixed(2)}% of the conversations, and must get at least ${100 * leastShare}%: with fewer it is never known how good it is.`,
    )
  return variants
}

function checkMaximum(maximumDrafts: number): number {
  const least = 2 * minimumConversations
  if (!Number.isInteger(maximumDrafts) || maximumDrafts < least || maximumDrafts > mostDrafts)
    throw new InvalidInputError(
      `maximumDrafts is ${maximumDrafts}, and must be a whole number from ${least} to ${mostDrafts}. See moreDraftsNeeded and docs/experiments.md for how many it takes.`,
    )
  return maximumDrafts
}
