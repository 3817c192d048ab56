import type { Prisma, Run } from '../../generated/prisma/client.ts'
import { bytesFromFloats } from '../../lib/float-bytes.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { runTopic } from '../../stores/event-log.ts'
import { limits } from '../checked-input.ts'
import { progressRun } from '../runs/progress-run.ts'
import { recordWebhookEvent } from '../webhooks/record-webhook-event.ts'
import type { Comparison, Metrics } from './compare-outcomes.ts'
import type { RetrievalLearning } from './learn-retrieval.ts'
import type { ProposedLearning } from './measure-learning.ts'
import { lockRetraining } from './start-retraining.ts'

export interface Measurement {
  before: Metrics
  after: Metrics
  comparisons: Comparison[]
  parts: RetrievalLearning['parts']
}

const json = (value: unknown) => value as Prisma.InputJsonValue

/**
 * Makes the proposal live, in one transaction: what was learned, which examples are processed, and the run's figures. Examples that were excluded or
 * erased since they were collected are left out; numbers that were fitted with one of them are not kept.
 */
export async function activateRetraining(
  { database, queue, wakeUps, embedder, logger }: Pick<Resources, 'database' | 'queue' | 'wakeUps' | 'embedder' | 'logger'>,
  {
    proposed,
    reason,
    measurement,
    articlesReembedded,
    baseSize,
  }: { proposed: ProposedLearning; reason: string; measurement: Measurement; articlesReembedded: number; baseSize: number },
): Promise<void> {
  const { run, retrieval, intents, fewShot } = proposed
  const runId = run.id
  await database.$transaction(
    async (tx) => {
      await lockRetraining(tx)
      await progressRun(tx, runId, { step: 'activate', done: 1, total: 1, message: reason })
      const there = new Map(
        (
          await tx.retrainingExample.findMany({
            where: { retrainingId: runId, heldOut: false, trainingExample: { state: 'APPROVED' } },
            select: { trainingExampleId: true, isNew: true },
          })
        ).map(({ trainingExampleId, isNew }) => [trainingExampleId, isNew]),
      )
      const isWhole = there.size === baseSize
      if (!isWhole) logger.warn({ runId, missing: baseSize - there.size }, 'examples were excluded or erased while the retraining ran')
      const at = new Date()
      const isThere = ({ trainingExampleId }: { trainingExampleId: string }) => there.has(trainingExampleId)

      const { count: intentExamplesAdded } = await tx.intentExample.createMany({
        data: intents.filter(isThere).map(({ intentId, text, trainingExampleId }) => ({ intentId, text, trainingExampleId, retrainingId: runId })),
        skipDuplicates: true,
      })
      if (intentExamplesAdded > 0) await queue.send('train-router', {}, { transaction: tx })
      const phrased = await addPhrasings(tx, runId, isWhole ? retrieval.phrasings.filter(isThere) : [])
      if (phrased.articleIds.length > 0) await queue.send('index-articles', { articleIds: phrased.articleIds }, { transaction: tx })
      const added = fewShot.added.filter(isThere)
      await tx.fewShotExample.updateMany({ where: { id: { in: fewShot.retiredIds }, retiredById: null }, data: { retiredById: runId } })
      await tx.fewShotExample.createMany({
        data: added.map(({ vector, ...reply }) => ({
          ...reply,
          retrainingId: runId,
          embedding: bytesFromFloats(vector),
          embeddingModel: embedder!.model,
        })),
        skipDuplicates: true,
      })
      await tx.learnedParameters.create({
        data: {
          retrainingId: runId,
          embeddingModel: embedder?.model ?? null,
          queryAdapter: isWhole && retrieval.queryAdapter ? bytesFromFloats(retrieval.queryAdapter) : null,
          ...(isWhole && retrieval.signalWeights && { signalWeights: json(retrieval.signalWeights) }),
          ...(fewShot.voice && { voice: json(fewShot.voice) }),
        },
      })
      const { count: examplesProcessed } = await tx.trainingExample.updateMany({
        where: { id: { in: [...there.keys()] }, processed: false },
        data: { processed: true, processedAt: at },
      })
      await tx.retraining.update({
        where: { runId },
        data: {
          activated: true,
          activatedAt: at,
          reason,
          examplesProcessed,
          articlesReembedded: articlesReembedded + phrased.articleIds.length,
          intentExamplesAdded,
          fewShotExamplesAdded: added.length,
          phrasingsAdded: phrased.count,
          ...figures(measurement),
        },
      })
      await tell(tx, runId)
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
  wakeUps.notify(runTopic(runId))
}

/** The run has found that nothing is to change; it says why, and what it measured. */
export async function refuseRetraining(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { run, reason, measurement }: { run: Run; reason: string; measurement?: Measurement },
): Promise<void> {
  await database.$transaction(async (tx) => {
    await progressRun(tx, run.id, { step: 'decide', done: 1, total: 1, message: reason })
    await tx.retraining.update({ where: { runId: run.id }, data: { activated: false, reason, ...(measurement && figures(measurement)) } })
    await tell(tx, run.id)
  })
  wakeUps.notify(runTopic(run.id))
}

const figures = ({ before, after, comparisons, parts }: Measurement) => ({
  before: json(before),
  after: json(after),
  comparisons: json(comparisons),
  parts: json(parts),
})

const tell = (tx: Transaction, runId: string) =>
  recordWebhookEvent(tx, { event: 'RETRAINING_COMPLETED', data: { runId: encodeGlobalId('RetrainingRun', runId) } })

/** No article gets more than people may give it. */
async function addPhrasings(
  tx: Transaction,
  runId: string,
  phrasings: RetrievalLearning['phrasings'],
): Promise<{ count: number; articleIds: string[] }> {
  if (phrasings.length === 0) return { count: 0, articleIds: [] }
  const counts = await tx.phrasing.groupBy({
    by: ['articleId'],
    where: { articleId: { in: phrasings.map(({ articleId }) => articleId) } },
    _count: true,
  })
  const room = new Map(counts.map(({ articleId, _count }) => [articleId, limits.phrasings - _count]))
  const known = new Set(
    (await tx.article.findMany({ where: { id: { in: phrasings.map(({ articleId }) => articleId) } }, select: { id: true } })).map(({ id }) => id),
  )
  const fitting = phrasings.filter(({ articleId }) => {
    const left = room.get(articleId) ?? limits.phrasings
    room.set(articleId, left - 1)
    return known.has(articleId) && left > 0
  })
  const { count } = await tx.phrasing.createMany({ data: fitting.map((phrasing) => ({ ...phrasing, retrainingId: runId })), skipDuplicates: true })
  return { count, articleIds: [...new Set(fitting.map(({ articleId }) => articleId))] }
}
