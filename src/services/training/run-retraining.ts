import type { Retraining, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { trainRouter } from '../routing/train-router.ts'
import { beginRun } from '../runs/begin-run.ts'
import { finishRun } from '../runs/finish-run.ts'
import { RunStoppedError } from '../runs/progress-run.ts'
import { tellRun } from '../runs/tell-run.ts'
import { activateRetraining, refuseRetraining } from './activate-retraining.ts'
import { collectExamples } from './collect-examples.ts'
import { compareOutcomes, judgeRetraining, metricsOf } from './compare-outcomes.ts'
import { indexWhatChanged } from './index-what-changed.ts'
import { learnFewShot } from './learn-few-shot.ts'
import { learnIntents } from './learn-intents.ts'
import { learnRetrieval } from './learn-retrieval.ts'
import { measureLearning, type ProposedLearning } from './measure-learning.ts'
import { readBase, readCases } from './read-base.ts'
import { doStep } from './retraining-step.ts'
import { triageExamples } from './triage-example.ts'

const waitSeconds = 2

/**
 * Learns from the approved examples: collects, learns to retrieve, finds intent examples and few-shot examples, measures the proposal beside what
 * is live on held-out cases, and activates it in one transaction, or refuses with the reason. Each step is stored once, so a run that is taken up
 * again after a crash goes on where it stopped; until the last step nothing that is live has changed.
 */
export async function runRetraining(
  resources: Resources,
  { runId, signal, isLastTry }: { runId: string; signal: AbortSignal; isLastTry: boolean },
): Promise<void> {
  const { database, queue, logger } = resources
  if (await isAnotherAtWork(resources, runId)) return queue.send('retrain', { runId }, { afterSeconds: waitSeconds })
  const run = await beginRun(resources, runId)
  const retraining = run && (await database.retraining.findUnique({ where: { runId } }))
  if (!run || !retraining) return
  try {
    await learn(resources, { run, retraining, signal })
    await takeUp(resources, runId)
    await finishRun(resources, { runId, status: 'COMPLETED' })
    await dropSteps(resources, runId)
    logger.info({ runId }, 'retraining completed')
  } catch (error) {
    if (error instanceof RunStoppedError) {
      await finishRun(resources, { runId, status: 'CANCELLED' })
      await dropSteps(resources, runId)
      return
    }
    // The server is stopping, or there are tries left: the next one goes on from the last step that was stored.
    if (signal.aborted || !isLastTry) throw error
    logger.error({ runId, err: error }, 'the retraining failed')
    await dropSteps(resources, runId)
    await finishRun(resources, {
      runId,
      status: 'FAILED',
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side. Nothing that was learned before has changed. Start it again.',
    })
  }
}

/** They hold questions of customers, and are of no use once it has ended. */
async function dropSteps({ database }: Pick<Resources, 'database'>, runId: string): Promise<void> {
  await database.retrainingStep.deleteMany({ where: { retrainingId: runId } })
}

async function isAnotherAtWork({ database }: Pick<Resources, 'database'>, runId: string): Promise<boolean> {
  const other = await database.run.findFirst({ where: { kind: 'RETRAINING', status: 'RUNNING', id: { not: runId } }, select: { id: true } })
  return other !== null
}

async function learn(resources: Resources, { run, retraining, signal }: { run: Run; retraining: Retraining; signal: AbortSignal }): Promise<void> {
  const { dryRun, limit, trigger, activatedAt } = retraining
  // Activated before the crash: only what follows the commit is left.
  if (activatedAt) return
  const step = <Result>(name: string, work: Parameters<typeof doStep<Result>>[1]['work']) => doStep(resources, { run, step: name, work })

  await step('triage', () => triageWaiting(resources, run, signal))
  const { result: collected } = await step('collect', async (store) => {
    const found = await resources.database.$transaction(
      (tx) => collectExamples(tx, { runId: run.id, limit, dryRun, isRebuild: trigger === 'REBUILD' }),
      {
        timeout: 60_000,
        maxWait: 60_000,
      },
    )
    store((tx) => tx.retraining.update({ where: { runId: run.id }, data: { heldOutCases: found.heldOut, heldOutSha256: found.heldOutSha256 } }))
    const surplus = found.surplus > 0 ? `; ${found.surplus} of an agent who taught most of them wait for the next time` : ''
    const copies = found.nearCopies > 0 ? `; ${found.nearCopies} left out as near-copies of held-out ones` : ''
    return {
      result: found,
      message: `${found.fresh} new examples, ${found.base} in all; ${found.heldOut} held out${copies}${surplus}`,
      done: found.base,
    }
  })
  if (collected.fresh === 0 && trigger !== 'REBUILD') {
    await refuseRetraining(resources, { run, reason: `There is nothing to learn: no approved example is new.${await whatWaits(resources)}` })
    return
  }

  const base = await readBase(resources, run.id)
  const { result: retrieval, floats: queryAdapter } = await step('retrieval', async () => {
    const questions = base.filter(({ articleIds }) => articleIds.length > 0)
    const { queryAdapter: adapter, ...rest } = await learnRetrieval(resources, {
      questions: questions.map(({ id, question, articleIds, customerId }) => ({ exampleId: id, question, articleIds, customerId })),
      signal,
      onProgress: (done, total) => tellRun(resources, run, { step: 'retrieval', done, total, message: `${done} of ${total} questions are searched` }),
    })
    const kept = rest.parts.filter(({ isKept }) => isKept).map(({ part }) => part)
    return {
      result: rest,
      floats: adapter,
      message: kept.length > 0 ? `Kept: ${kept.join(', ')}` : `Nothing kept: ${rest.parts[0]!.reason}`,
      done: questions.length,
    }
  })
  const { result: indexed } = await step('articles', async () => {
    const articles = await indexWhatChanged(resources, { signal })
    return {
      result: { articles },
      message: articles === 0 ? 'Every article is embedded as it stands' : `${articles} articles were embedded again`,
      done: articles,
    }
  })
  const { result: intents } = await step('intents', async () => {
    const additions = await learnIntents(resources, { base })
    return { result: { additions }, message: `${additions.length} examples for the router`, done: additions.length }
  })
  const fewShot = await learnFewShot(resources, { base, runId: run.id })
  await step('examples', async () => ({
    result: {},
    message: `${fewShot.added.length} new replies to show, ${fewShot.retiredIds.length} taken out`,
    done: fewShot.added.length,
  }))

  const proposed: ProposedLearning = { run, retrieval: { ...retrieval, queryAdapter }, intents: intents.additions, fewShot }
  const cases = await readCases(resources, run.id)
  const before = await step('measure before', () => measured('before'))
  const after = await step('measure after', () => measured('after'))
  async function measured(when: 'before' | 'after') {
    const outcomes = await measureLearning(resources, {
      proposed: when === 'after' ? proposed : null,
      cases,
      signal,
      onCase: async (done) => {
        if (done % 10 === 0)
          await tellRun(resources, run, {
            step: `measure ${when}`,
            done,
            total: cases.length,
            message: `${done} of ${cases.length} held-out cases`,
          })
      },
    })
    return { result: outcomes, message: `${cases.length} held-out cases ${when} it`, done: cases.length }
  }
  const comparisons = compareOutcomes(before.result, after.result)
  const verdict = judgeRetraining({ cases, before: before.result, after: after.result, comparisons })
  const measurement = { before: metricsOf(before.result), after: metricsOf(after.result), comparisons, parts: retrieval.parts }
  if (dryRun) {
    const would = verdict.isActivated ? 'It would be activated' : 'It would be refused'
    await refuseRetraining(resources, { run, reason: `A dry run changes nothing. ${would}: ${verdict.reason}`, measurement })
  } else if (!verdict.isActivated) await refuseRetraining(resources, { run, reason: verdict.reason, measurement })
  else
    await activateRetraining(resources, {
      proposed,
      reason: verdict.reason,
      measurement,
      articlesReembedded: indexed.articles,
      baseSize: collected.base,
    })
}

const triagedAtOnce = 16

/** Examples that came a moment ago, or while the embedder was away. */
async function triageWaiting(resources: Resources, run: Run, signal: AbortSignal) {
  const waiting = await resources.database.trainingExample.findMany({
    where: { state: { in: ['APPROVED', 'CANDIDATE'] }, embedding: null },
    orderBy: { id: 'asc' },
    take: 20_000,
    select: { id: true },
  })
  for (let from = 0; from < waiting.length; from += triagedAtOnce) {
    signal.throwIfAborted()
    await triageExamples(resources, { trainingExampleIds: waiting.slice(from, from + triagedAtOnce).map(({ id }) => id), signal })
    const done = Math.min(from + triagedAtOnce, waiting.length)
    await tellRun(resources, run, {
      step: 'triage',
      done,
      total: waiting.length,
      message: `${done} of ${waiting.length} examples are looked at`,
    })
  }
  return {
    result: {},
    message: waiting.length === 0 ? 'Every example was looked at before' : `${waiting.length} examples were looked at`,
    done: waiting.length,
  }
}

async function whatWaits({ database }: Pick<Resources, 'database'>): Promise<string> {
  const candidates = await database.trainingExample.count({ where: { state: 'CANDIDATE' } })
  const heldOut = await database.trainingExample.count({ where: { state: 'APPROVED', heldOut: true } })
  return [
    candidates > 0 && ` ${candidates} ${candidates === 1 ? 'waits' : 'wait'} for a review.`,
    heldOut > 0 && ` ${heldOut} ${heldOut === 1 ? 'is' : 'are'} held out for measuring.`,
  ]
    .filter(Boolean)
    .join('')
}

/** After the commit, and again after a crash between the two: this process and the others use what is live now. */
async function takeUp(resources: Resources, runId: string): Promise<void> {
  const { activatedAt } = await resources.database.retraining.findUniqueOrThrow({ where: { runId } })
  if (!activatedAt) return
  await resources.learned.refresh()
  resources.learned.changed()
  await trainRouter(resources)
}
