import type { Prisma, Run } from '../../generated/prisma/client.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, GeneratorUnavailableError, InvalidInputError, NotEnoughDataError } from '../errors.ts'
import { activeModelVersion } from '../models/active-model-version.ts'
import { checkModelName, checkName } from '../models/check-version-input.ts'
import { refuseTakenName } from '../models/create-model-version.ts'
import { learnableReplies } from '../training/learnable-replies.ts'
import { trainingReadiness } from '../training/training-readiness.ts'
import { checkSettings, type FineTuningInput } from './check-settings.ts'

/**
 * Queues the training of a base on approved replies. One at a time: it takes all that a machine has. The version is there at once, as BUILDING; its
 * run makes it a CANDIDATE or says why not.
 */
export async function startFineTuning(
  { database, queue, config }: Pick<Resources, 'database' | 'queue' | 'config'>,
  { input, by }: { input: FineTuningInput & { name: string; baseModel: string }; by: Viewer | null },
): Promise<Run> {
  const name = checkName(input.name)
  const baseModel = checkModelName('baseModel', input.baseModel)
  if (baseModel.includes('/')) throw new InvalidInputError('baseModel must be the name of a file or folder in BASE_MODELS_DIR, without a path.')
  const settings = checkSettings(input)
  if (config.GENERATOR === 'extractive')
    throw new GeneratorUnavailableError('There would be nobody to write with a model. Set GENERATOR to auto, ollama or openai, and restart.')
  const examples = await database.trainingExample.count({ where: learnableReplies })
  if (examples < settings.minimumExamples) {
    const { reason } = await trainingReadiness({ database })
    throw new NotEnoughDataError(
      `Only ${examples} approved replies can be trained on, and ${settings.minimumExamples} are asked for with minimumExamples. ${reason}`,
    )
  }
  const parent = await activeModelVersion({ database })
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.fine-tuning'))`
    const live = await tx.run.findFirst({ where: { kind: 'FINE_TUNING', status: { in: ['QUEUED', 'RUNNING'] } }, select: { id: true } })
    if (live)
      throw new ConflictError(
        `The fine-tuning ${encodeGlobalId('FineTuningRun', live.id)} is waiting or running. Wait for it, or stop it with cancelRun.`,
      )
    await refuseTakenName(tx, name)
    const version = await tx.modelVersion.create({
      data: {
        name,
        kind: 'FINE_TUNED',
        status: 'BUILDING',
        parentId: parent.id,
        baseModel,
        systemPrompt: parent.systemPrompt,
        parameters: parent.parameters as Prisma.InputJsonObject,
        fewShot: parent.fewShot as Prisma.InputJsonObject,
        createdById: by?.agentId ?? null,
      },
    })
    const run = await tx.run.create({
      data: {
        kind: 'FINE_TUNING',
        createdById: by?.agentId ?? null,
        modelVersionId: version.id,
        fineTuning: { create: { settings: { ...settings } } },
      },
    })
    await queue.send('fine-tune', { runId: run.id }, { transaction: tx })
    await recordAudit(tx, by, { action: 'startFineTuning', targetType: 'ModelVersion', targetId: version.id, details: { baseModel, examples } })
    return run
  })
}
