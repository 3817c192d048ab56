import { createHash } from 'node:crypto'
import { GeneratorError, modelOf } from '../../engines/generator.ts'
import type { Evaluation, ModelVersion, Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { modelOn } from '../models/write-with.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { progressRun, RunStoppedError } from '../runs/progress-run.ts'
import { type CaseFigures, type ReplayNeeds, replayCase } from './replay-case.ts'
import { heldOut } from './start-evaluation.ts'
import { type EvaluationResult, summariseEvaluation } from './summarise-evaluation.ts'

type Needs = ReplayNeeds & Pick<Resources, 'wakeUps' | 'logger'>

/**
 * Replays one held-out conversation after the other and stores each with its progress, so that a run that is taken up again goes on after the last;
 * in the end the figures are stored on the versions.
 */
export async function runEvaluation(
  resources: Needs,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const { database, logger } = resources
  const run = await beginRun(resources, runId)
  const evaluation = run && (await database.evaluation.findUnique({ where: { runId }, include: { modelVersion: true, comparedTo: true } }))
  if (!run || !evaluation) return
  try {
    await replayAll(resources, {
      run,
      evaluation,
      versions: [evaluation.modelVersion, ...(evaluation.comparedTo ? [evaluation.comparedTo] : [])],
      signal,
    })
    await finishRun(resources, { runId, status: 'COMPLETED' })
  } catch (error) {
    if (error instanceof RunStoppedError) return void (await finishRun(resources, { runId, status: 'CANCELLED' }))
    const isFinal = isLastTry || (error instanceof GeneratorError && !error.retryable)
    if (signal.aborted || !isFinal) throw error
    if (!(error instanceof GeneratorError)) logger.error({ runId, err: error }, 'the evaluation failed')
    const reason =
      error instanceof GeneratorError
        ? { code: error.code, message: error.message }
        : { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side. Start it again.' }
    await finishRun(resources, { runId, status: 'FAILED', ...reason })
  }
}

async function replayAll(
  resources: Needs,
  { run, evaluation, versions, signal }: { run: Run; evaluation: Evaluation; versions: ModelVersion[]; signal: AbortSignal },
): Promise<void> {
  const { database, wakeUps } = resources
  const examples = await database.trainingExample.findMany({
    where: heldOut(evaluation),
    orderBy: { id: 'desc' },
    take: evaluation.limit!,
    select: { id: true, question: true, context: true, correction: true, intent: true, conversation: { select: { escalatedAt: true } } },
  })
  const known = await database.evaluationCase.findMany({ where: { runId: run.id }, select: { trainingExampleId: true } })
  const done = new Set(known.map(({ trainingExampleId }) => trainingExampleId))
  for (const { conversation, ...example } of examples) {
    if (done.has(example.id)) continue
    signal.throwIfAborted()
    const [measured, compared = null] = await replayCase(resources, { example, wasEscalated: conversation.escalatedAt !== null, versions, signal })
    await database.$transaction(async (tx) => {
      done.add(example.id)
      const message = `${done.size} of ${examples.length} conversations are replayed`
      await progressRun(tx, run.id, { step: 'replay', done: done.size, total: examples.length, message })
      // Erased while it was replayed: its figures are of nobody any more.
      if (!(await tx.trainingExample.findUnique({ where: { id: example.id }, select: { id: true } }))) return
      await tx.evaluationCase.create({
        data: {
          runId: run.id,
          trainingExampleId: example.id,
          intent: example.intent,
          measured: measured as unknown as Prisma.InputJsonObject,
          ...(compared && { compared: compared as unknown as Prisma.InputJsonObject }),
        },
      })
    })
    wakeUps.notify(runTopic(run.id))
  }
  await store(resources, { run, evaluation, versions })
}

async function store(resources: Needs, { run, evaluation, versions }: { run: Run; evaluation: Evaluation; versions: ModelVersion[] }): Promise<void> {
  const { database, generators } = resources
  const rows = await database.evaluationCase.findMany({ where: { runId: run.id }, orderBy: { trainingExampleId: 'asc' } })
  const result = summariseEvaluation(
    rows.map(({ intent, measured, compared }) => ({
      intent,
      measured: measured as unknown as CaseFigures,
      compared: compared as unknown as CaseFigures | null,
    })),
  )
  const heldOutSha256 = createHash('sha256')
    .update(rows.map(({ trainingExampleId }) => trainingExampleId).join('\n'))
    .digest('hex')
  const generator = generators.current()
  await database.$transaction(async (tx) => {
    await tx.evaluation.update({
      where: { runId: evaluation.runId },
      data: {
        heldOutSha256,
        generatorKind: generator.kind,
        generatorModel: modelOf(generator, { model: modelOn(versions[0]!, generator.kind) }),
        result: result as unknown as Prisma.InputJsonObject,
      },
    })
    for (const [index, { id }] of versions.entries())
      await tx.modelVersion.update({ where: { id }, data: { metrics: storedMetrics(result, index) as unknown as Prisma.InputJsonObject } })
  })
}

const storedMetrics = ({ metrics, comparedMetrics }: EvaluationResult, index: number) => (index === 0 ? metrics : comparedMetrics!)
