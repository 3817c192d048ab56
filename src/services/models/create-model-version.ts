import type { ModelVersion, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import type { FewShotPolicy } from '../training/nearest-replies.ts'
import { activeModelVersion, fewShotPolicy, type VersionParameters } from './active-model-version.ts'
import { checkFewShot, checkModelName, checkName, checkParameters, checkSystemPrompt, type ParametersInput } from './check-version-input.ts'

export interface CreateModelVersionInput {
  name: string
  baseModel?: string | null
  systemPrompt?: string | null
  parameters?: ParametersInput | null
  fewShot?: FewShotPolicy | null
  parentId?: string | null
}

/**
 * A version that differs from its parent in what is given: what is left out is as there, null takes it back to the configuration. It is a CANDIDATE:
 * no draft is written with it before it is promoted, or stands in an experiment.
 */
export async function createModelVersion(
  { database }: Pick<Resources, 'database'>,
  { input, by }: { input: CreateModelVersionInput; by: Viewer | null },
): Promise<ModelVersion> {
  const name = checkName(input.name)
  const systemPrompt = checkSystemPrompt(input.systemPrompt)
  const baseModel = input.baseModel == null ? input.baseModel : checkModelName('baseModel', input.baseModel)
  const parent = await parentOf({ database }, input.parentId ?? null)
  const parameters = checkParameters(input.parameters, input.parameters === null ? {} : (parent.parameters as VersionParameters))
  const fewShot = checkFewShot(input.fewShot ?? fewShotPolicy(input.fewShot === null ? { fewShot: {} } : parent))
  return database.$transaction(async (tx) => {
    await refuseTakenName(tx, name)
    const version = await tx.modelVersion.create({
      data: {
        name,
        kind: 'PROMPT',
        parentId: parent.id,
        systemPrompt: systemPrompt === undefined ? parent.systemPrompt : systemPrompt,
        parameters,
        fewShot,
        createdById: by?.agentId ?? null,
        ...(baseModel === undefined ? modelOf(parent) : { baseModel, generatorModel: baseModel }),
      },
    })
    await recordAudit(tx, by, { action: 'createModelVersion', targetType: 'ModelVersion', targetId: version.id, details: { parentId: parent.id } })
    return version
  })
}

/** A name stays with its version for ever, whatever became of it: drafts and audits speak of it. */
export async function refuseTakenName(tx: Transaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.model-version-name'))`
  if (await tx.modelVersion.findUnique({ where: { name }, select: { id: true } }))
    throw new ConflictError(`There is a model version called ${JSON.stringify(name)} already. Choose another name.`)
}

async function parentOf({ database }: Pick<Resources, 'database'>, parentId: string | null): Promise<ModelVersion> {
  if (parentId === null) return activeModelVersion({ database })
  const parent = await database.modelVersion.findUnique({ where: { id: parentId } })
  if (!parent) throw new NotFoundError('model version', 'parentId')
  if (parent.status === 'BUILDING' || parent.status === 'FAILED')
    throw new InvalidInputError(`The parent ${JSON.stringify(parent.name)} is ${parent.status}. Name one that can be used.`)
  return parent
}

const modelOf = ({ baseModel, generatorModel, generatorKind, messages }: ModelVersion) => ({
  baseModel,
  generatorModel,
  generatorKind,
  messages: messages as Prisma.InputJsonValue,
})
