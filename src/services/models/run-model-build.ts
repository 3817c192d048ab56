import { createHash } from 'node:crypto'
import { modelOf } from '../../engines/generator.ts'
import type { CreateModelRequest, ModelServer } from '../../engines/model-server.ts'
import { modelfileOf } from '../../engines/ollama-models.ts'
import { ollamaOptions } from '../../engines/ollama-options.ts'
import type { ModelVersion, Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { progressRun, type RunStep } from '../runs/progress-run.ts'
import { tellRun } from '../runs/tell-run.ts'
import { whileTelling } from '../runs/while-telling.ts'
import { modelParameters } from './active-model-version.ts'
import { chooseMessages } from './choose-messages.ts'
import { endFailedBuild } from './end-failed-build.ts'
import { ModelBuildError } from './model-build-error.ts'
import { modelNameFor } from './model-name-for.ts'
import { probeCustomModel, probeThroughGenerator } from './probe-model.ts'
import { refuseFailedProbes } from './refuse-failed-probes.ts'
import type { VersionMessage } from './write-with.ts'

/** Of the context window; the rest is for articles, the conversation and the answer. */
const shareForMessages = 0.35
const tellEveryMs = 500

/**
 * Chooses the replies, has the server make the model, tries it, and makes its version a CANDIDATE; or FAILED, with the reason, and then takes the
 * model away again. Each step may be done twice: a run that is taken up again after a crash begins anew, under the same name.
 */
export async function runModelBuild(
  resources: Resources,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const { database, logger } = resources
  const run = await beginRun(resources, runId)
  const version = run?.modelVersionId ? await database.modelVersion.findUnique({ where: { id: run.modelVersionId } }) : null
  if (!run || !version) return
  const model = modelNameFor(version)
  try {
    // Stored before a crash: somebody may have promoted it since.
    if (version.status === 'BUILDING') await build(resources, { run, version, model, signal })
    await finishRun(resources, { runId, status: 'COMPLETED' })
    logger.info({ runId, modelVersionId: version.id }, 'a custom model was built')
  } catch (error) {
    await endFailedBuild(resources, { runId, version, error, signal, isLastTry })
  }
}

async function build(
  resources: Resources,
  { run, version, model, signal }: { run: Run; version: ModelVersion; model: string; signal: AbortSignal },
): Promise<void> {
  const { config, modelServer, generators } = resources
  const parameters = modelParameters(version, config)
  const { maximumExamples } = run.parameters as { maximumExamples: number }
  const tell = (step: RunStep) => tellRun(resources, run, step)

  await tell({ step: 'choose', done: 0, total: 1, message: 'Choosing the best replies of agents' })
  const budgetTokens = Math.floor(parameters.contextTokens * shareForMessages)
  const messages = maximumExamples === 0 ? [] : await chooseMessages(resources, { most: maximumExamples, budgetTokens })
  await tell({ step: 'choose', done: 1, total: 1, message: `${messages.length} replies were chosen, at most ${budgetTokens} tokens of them` })

  const request: CreateModelRequest = {
    model,
    from: { model: version.baseModel! },
    ...(version.systemPrompt !== null && { system: version.systemPrompt }),
    parameters: ollamaOptions(parameters),
    messages: messages.flatMap(({ question, reply }) => [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: reply },
    ]),
  }
  const made = { messages, modelfile: modelfileOf(request) }
  if (!modelServer) {
    // Such a server makes no models: the base writes, and the prompt shows the replies.
    await tell({ step: 'probe', done: 0, total: 1, message: `Asking ${version.baseModel}` })
    const generator = generators.current()
    const probes = await probeThroughGenerator(generator, { model: version.baseModel!, version, signal })
    await refuseFailedProbes(resources, { version, probes, verb: 'made' })
    await store(resources, {
      run,
      version,
      ...made,
      probes,
      generatorModel: modelOf(generator, { model: version.baseModel }),
      generatorKind: 'OPENAI',
    })
    return
  }
  await create(resources, { server: modelServer, request, run, signal })
  await tell({ step: 'probe', done: 0, total: 1, message: `Trying ${model}` })
  const probes = await probeCustomModel(modelServer, { request, baseModel: version.baseModel!, questions: messages.slice(0, 2), signal })
  await refuseFailedProbes(resources, { version, probes, verb: 'made' })
  await store(resources, { run, version, ...made, probes, generatorModel: model, generatorKind: 'OLLAMA' })
}

/** Its last word is told at once, the ones between as often as anybody can read. */
async function create(
  resources: Resources,
  { server, request, run, signal }: { server: ModelServer; request: CreateModelRequest; run: Run; signal: AbortSignal },
): Promise<void> {
  const base = 'model' in request.from ? request.from.model : ''
  // Asked for a base that it lacks, Ollama would load gigabytes from the internet.
  if (base && !(await server.show(base, { signal })))
    throw new ModelBuildError(`Ollama at ${server.host} does not have the model ${base}. Get it with \`ollama pull ${base}\`, and build again.`)
  let toldAt = 0
  const seen: string[] = []
  await whileTelling(signal, ({ signal: stopping, tell }) =>
    server.create(request, {
      signal: stopping,
      onStatus({ status, completed, total }) {
        if (seen.at(-1) !== status) seen.push(status)
        if (performance.now() - toldAt < tellEveryMs) return
        toldAt = performance.now()
        const step = { step: 'create', done: completed ?? seen.length, total: total ?? seen.length, message: status }
        tell(() => tellRun(resources, run, step))
      },
    }),
  )
  await tellRun(resources, run, { step: 'create', done: seen.length, total: seen.length, message: seen.at(-1)! })
}

async function store(
  resources: Resources,
  {
    run,
    version,
    messages,
    modelfile,
    probes,
    ...model
  }: Pick<ModelVersion, 'generatorModel' | 'generatorKind' | 'modelfile'> & {
    run: Run
    version: ModelVersion
    messages: VersionMessage[]
    probes: object[]
  },
): Promise<void> {
  const { database } = resources
  const rows = messages.map(({ question, reply }) => JSON.stringify({ question, reply }))
  await database.$transaction(async (tx) => {
    await progressRun(tx, run.id, { step: 'probe', done: 1, total: 1, message: 'It does what it must' })
    await tx.modelVersionExample.createMany({
      data: messages.map(({ trainingExampleId }) => ({ modelVersionId: version.id, trainingExampleId })),
      skipDuplicates: true,
    })
    await tx.modelVersion.update({
      where: { id: version.id },
      data: {
        ...model,
        modelfile,
        status: 'CANDIDATE',
        messages: messages as unknown as Prisma.InputJsonValue,
        probes: probes as Prisma.InputJsonValue,
        datasetSha256:
          rows.length === 0
            ? null
            : createHash('sha256')
                .update(`${rows.join('\n')}\n`)
                .digest('hex'),
      },
    })
  })
  resources.wakeUps.notify(runTopic(run.id))
}
