import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { modelfileOf } from '../../engines/ollama-models.ts'
import { ollamaOptions } from '../../engines/ollama-options.ts'
import type { FineTuning, ModelVersion, Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { modelParameters } from '../models/active-model-version.ts'
import { endFailedBuild } from '../models/end-failed-build.ts'
import { ModelBuildError } from '../models/model-build-error.ts'
import { modelNameFor } from '../models/model-name-for.ts'
import type { Probe } from '../models/probe-model.ts'
import { refuseFailedProbes } from '../models/refuse-failed-probes.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { progressRun } from '../runs/progress-run.ts'
import { tellRun } from '../runs/tell-run.ts'
import { findBase } from './find-base.ts'
import { probeFineTuned } from './probe-fine-tuned.ts'
import { pushModel } from './push-model.ts'
import { trainWithProgress } from './train-with-progress.ts'
import { type WrittenDataset, writeDataset, writtenBefore } from './write-dataset.ts'

/**
 * Writes the dataset, has the trainer train and merge, makes the model in Ollama, tries it, and makes its version a CANDIDATE; or FAILED, with the
 * reason. Taken up again after a crash the trainer goes on from its last checkpoint. The words of customers are gone from the disk when it has ended.
 */
export async function runFineTuning(
  resources: Resources,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const { database, config, logger } = resources
  const run = await beginRun(resources, runId)
  const found = run && (await database.run.findUniqueOrThrow({ where: { id: runId }, include: { modelVersion: true, fineTuning: true } }))
  if (!found?.modelVersion || !found.fineTuning) return
  const { modelVersion: version, fineTuning } = found
  const folder = join(config.DATA_DIR, 'fine-tuning', runId)
  try {
    // Stored before a crash: somebody may have promoted it since.
    if (version.status === 'BUILDING') await tune(resources, { run: found, version, fineTuning, folder, signal })
    await clear(folder, { keepsAdapter: true })
    await finishRun(resources, { runId, status: 'COMPLETED' })
    logger.info({ runId, modelVersionId: version.id }, 'a model was fine-tuned')
  } catch (error) {
    await endFailedBuild(resources, { runId, version, error, signal, isLastTry, clean: () => clear(folder, { keepsAdapter: false }) })
  }
}

interface Work {
  run: Run
  version: ModelVersion
  fineTuning: FineTuning
  folder: string
  signal: AbortSignal
}

async function tune(resources: Resources, { run, version, fineTuning, folder, signal }: Work): Promise<void> {
  const { config, modelServer } = resources
  const base = await findBase(config, version.baseModel!)
  if (modelServer && !base.isGguf)
    throw new ModelBuildError(
      `${version.baseModel} is a folder, and Ollama takes no weights from one. Put the model's .gguf file into BASE_MODELS_DIR and name that.`,
    )
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const tell = (step: string, message: string) => tellRun(resources, run, { step, done: 0, total: 1, message })

  const dataset = (await writtenBefore(folder, version, fineTuning)) ?? (await write(resources, { run, version, folder }))
  const training = await trainWithProgress(resources, { run, fineTuning, base, dataset, folder, signal })
  const adapter = join(folder, 'run', 'adapter')
  const stored = { training, merging: null as object | null }
  if (!modelServer) {
    const detail = `The adapter lies in ${adapter}. Load it into the server under the name ${modelNameFor(version)}, with vLLM by --lora-modules, before it is promoted.`
    await store(resources, {
      run,
      version,
      probes: [{ name: 'EFFECT', passed: true, detail }],
      adapter,
      stored,
      modelfile: null,
      generatorKind: 'OPENAI',
    })
    return
  }
  const merged = await pushModel(resources, { run, base, adapter, folder, signal })
  stored.merging = merged.result
  const request = {
    model: modelNameFor(version),
    from: { digest: merged.digest },
    parameters: ollamaOptions(modelParameters(version, config)),
  }
  await tell('create', `Making ${request.model}`)
  await modelServer.create(request, { signal, onStatus: () => {} })
  await tell('probe', `Trying ${request.model}`)
  const probes = await probeFineTuned(resources, {
    model: request.model,
    base,
    adapter,
    dataset: dataset.heldOutPath ?? dataset.path,
    folder,
    signal,
  })
  await refuseFailedProbes(resources, { version, probes, verb: 'trained' })
  await store(resources, { run, version, probes, adapter, stored, modelfile: modelfileOf(request), generatorKind: 'OLLAMA' })
}

/** Once a run: with what it was made of, so that this is known whatever becomes of it. */
async function write(resources: Resources, { run, version, folder }: Pick<Work, 'run' | 'version' | 'folder'>): Promise<WrittenDataset> {
  const { database } = resources
  await tellRun(resources, run, { step: 'dataset', done: 0, total: 1, message: 'Writing the approved replies' })
  const { exampleIds, ...written } = await writeDataset({ database }, folder)
  await database.$transaction(
    async (tx) => {
      const message = `${exampleIds.length} replies to train on, ${written.heldOut} held out`
      await progressRun(tx, run.id, { step: 'dataset', done: 1, total: 1, message })
      await tx.modelVersionExample.deleteMany({ where: { modelVersionId: version.id } })
      // Erased meanwhile, some may be gone.
      await tx.$executeRaw`INSERT INTO "ModelVersionExample" ("modelVersionId", "trainingExampleId")
        SELECT ${version.id}, "id" FROM "TrainingExample" WHERE "id" = ANY(${exampleIds}::text[])`
      await tx.modelVersion.update({ where: { id: version.id }, data: { datasetSha256: written.sha256 } })
      await tx.fineTuning.update({ where: { runId: run.id }, data: { examples: exampleIds.length, heldOut: written.heldOut } })
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
  return written
}

async function store(
  resources: Resources,
  {
    run,
    version,
    probes,
    adapter,
    stored,
    modelfile,
    generatorKind,
  }: {
    run: Run
    version: ModelVersion
    probes: Probe[]
    adapter: string
    stored: object
    modelfile: string | null
    generatorKind: 'OLLAMA' | 'OPENAI'
  },
): Promise<void> {
  await resources.database.$transaction(async (tx) => {
    await progressRun(tx, run.id, { step: 'probe', done: 1, total: 1, message: 'It does what it must' })
    await tx.fineTuning.update({ where: { runId: run.id }, data: { result: stored as Prisma.InputJsonObject, adapterPath: adapter } })
    await tx.modelVersion.update({
      where: { id: version.id },
      data: {
        status: 'CANDIDATE',
        generatorModel: modelNameFor(version),
        generatorKind,
        modelfile,
        probes: probes as unknown as Prisma.InputJsonValue,
      },
    })
  })
  resources.wakeUps.notify(runTopic(run.id))
}

/** What customers wrote, checkpoints, and the merged file, which the server has a copy of. */
async function clear(folder: string, { keepsAdapter }: { keepsAdapter: boolean }): Promise<void> {
  if (!keepsAdapter) return rm(folder, { recursive: true, force: true })
  for (const name of ['chat.jsonl', 'held-out.jsonl', 'tuned.gguf']) await rm(join(folder, name), { force: true })
}
