import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { GeneratorUnavailableError, InvalidInputError, NotEnoughDataError } from '../errors.ts'
import { learnableReplies } from '../training/learnable-replies.ts'
import { activeModelVersion, type VersionParameters } from './active-model-version.ts'
import { checkModelName, checkName, checkParameters, checkSystemPrompt, type ParametersInput } from './check-version-input.ts'
import { refuseTakenName } from './create-model-version.ts'

export interface BuildCustomModelInput {
  name: string
  baseModel: string
  systemPrompt?: string | null
  parameters?: ParametersInput | null
  maximumExamples?: number | null
}

const mostExamples = 100
const usualExamples = 20

/**
 * Queues the making of a model from a base and the best replies of agents. The version is there at once, as BUILDING; its run makes it a CANDIDATE
 * or says why not. What is left out of the input is as in the active version.
 */
export async function buildCustomModel(
  resources: Pick<Resources, 'database' | 'queue' | 'config'>,
  { input, by }: { input: BuildCustomModelInput; by: Viewer | null },
): Promise<Run> {
  const { database, queue, config } = resources
  const name = checkName(input.name)
  const baseModel = checkModelName('baseModel', input.baseModel)
  const maximumExamples = input.maximumExamples ?? usualExamples
  if (!Number.isInteger(maximumExamples) || maximumExamples < 0 || maximumExamples > mostExamples)
    throw new InvalidInputError(`maximumExamples is ${maximumExamples}, and must be from 0 to ${mostExamples}.`)
  const parent = await activeModelVersion({ database })
  const given = checkSystemPrompt(input.systemPrompt)
  const systemPrompt = given === undefined ? parent.systemPrompt : given
  const parameters = checkParameters(input.parameters, input.parameters === null ? {} : (parent.parameters as VersionParameters))
  if (config.GENERATOR === 'extractive')
    throw new GeneratorUnavailableError(
      'A custom model needs a language model to make it from. Set GENERATOR to auto, ollama or openai, and restart.',
    )
  if (systemPrompt === null && (maximumExamples === 0 || (await database.trainingExample.count({ where: learnableReplies })) === 0))
    throw new NotEnoughDataError(
      'There is no approved reply to build from and no system prompt, so that the model would be its base. Approve corrections first, or give a systemPrompt.',
    )
  return database.$transaction(async (tx) => {
    await refuseTakenName(tx, name)
    const version = await tx.modelVersion.create({
      data: {
        name,
        kind: 'CUSTOM',
        status: 'BUILDING',
        parentId: parent.id,
        baseModel,
        systemPrompt,
        parameters,
        // Its replies stand in the model; more of them in each prompt would say the same twice.
        fewShot: { count: 0, strategy: 'NONE' },
        createdById: by?.agentId ?? null,
      },
    })
    const run = await tx.run.create({
      data: { kind: 'MODEL_BUILD', createdById: by?.agentId ?? null, modelVersionId: version.id, parameters: { maximumExamples } },
    })
    await queue.send('build-model', { runId: run.id }, { transaction: tx })
    await recordAudit(tx, by, {
      action: 'buildCustomModel',
      targetType: 'ModelVersion',
      targetId: version.id,
      details: { baseModel, maximumExamples },
    })
    return run
  })
}
