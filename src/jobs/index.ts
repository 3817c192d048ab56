import { setTimeout as wait } from 'node:timers/promises'
import type { Resources } from '../resources.ts'
import { keepWaking } from '../services/conversations/wake-conversations.ts'
import { purgeDatasets } from '../services/datasets/read-dataset.ts'
import { failAbandonedDrafts } from '../services/drafting/fail-abandoned-drafts.ts'
import { recoverQueuedDrafts } from '../services/drafting/recover-queued-drafts.ts'
import { keepComparing } from '../services/experiments/keep-comparing.ts'
import { abandonRequests, purgeRequests } from '../services/idempotency/purge-requests.ts'
import { keepIndexWhole } from '../services/knowledge/keep-index-whole.ts'
import { keepChecking } from '../services/knowledge-health/keep-checking.ts'
import { recoverRuns } from '../services/runs/recover-runs.ts'
import { keepDelivering } from '../services/webhooks/keep-delivering.ts'
import { workOnModels } from './build-model.ts'
import { workOnKnowledgeChecks } from './check-articles.ts'
import { workOnExperiments } from './check-experiments.ts'
import { workOnEvaluations } from './evaluate.ts'
import { workOnFineTuning } from './fine-tune.ts'
import { workOnImports } from './import-articles.ts'
import { workOnIndex } from './index-articles.ts'
import { keepInMemory } from './keep-in-memory.ts'
import { workOnMeasuring } from './measure-reply.ts'
import { workOnGaps } from './note-gap.ts'
import { workOnVectors } from './optimize-vectors.ts'
import { workOnReindex } from './reindex.ts'
import { workOnRetraining } from './retrain.ts'
import { workOnSchedule } from './schedule-retraining.ts'
import { workOnRouter } from './train-router.ts'
import { workOnTriage } from './triage-example.ts'
import { watchDrafts } from './watch-drafts.ts'
import { workOnDrafts } from './write-draft.ts'
import { workOnHandOvers } from './write-hand-over.ts'

export interface Workers {
  /** Takes no new jobs, lets those that run finish, and interrupts what is left when the time is up. */
  stop(options: { timeoutMs: number }): Promise<void>
}

const recoverEveryMs = 120_000
const indexWaitMs = 1_000

/** Everything that happens without a request. */
export async function startWorkers(resources: Resources): Promise<Workers> {
  const { logger } = resources
  const interrupted = await failAbandonedDrafts(resources, { all: resources.isEmbedded })
  if (interrupted > 0) logger.warn({ drafts: interrupted }, 'drafts that were being written when the server ended are marked as failed')
  if (resources.isEmbedded) await abandonRequests(resources)
  await recover(resources)
  for (const work of [
    workOnDrafts,
    workOnHandOvers,
    workOnIndex,
    workOnImports,
    workOnRouter,
    workOnVectors,
    workOnReindex,
    workOnGaps,
    workOnKnowledgeChecks,
    workOnTriage,
    workOnMeasuring,
    workOnRetraining,
    workOnSchedule,
    workOnModels,
    workOnExperiments,
    workOnEvaluations,
    workOnFineTuning,
  ])
    await work(resources)
  const indexWatch = keepIndexWhole(resources)
  const stopKeeping = keepInMemory(resources)
  const stopChecking = keepChecking(resources)
  const stopComparing = keepComparing(resources)
  const stopWaking = keepWaking(resources)
  const stopDelivering = keepDelivering(resources)
  const stopWatching = watchDrafts(resources)
  const recovery = setInterval(() => {
    recover(resources).catch((error: unknown) => logger.error({ err: error }, 'lost jobs could not be looked for'))
  }, recoverEveryMs)
  // A new folder gets its empty index before the first search; rebuilding a large one must not hold up the start.
  await Promise.race([indexWatch.firstLook, wait(indexWaitMs, undefined, { ref: false })])
  return {
    async stop(options) {
      stopWatching()
      clearInterval(recovery)
      await Promise.all([
        indexWatch.stop(),
        stopKeeping(),
        stopChecking(),
        stopComparing(),
        stopWaking(),
        stopDelivering(),
        resources.queue.stop(options),
      ])
    },
  }
}

async function recover(resources: Resources): Promise<void> {
  await purgeRequests(resources)
  await purgeDatasets(resources)
  const runs = await recoverRuns(resources)
  const drafts = await recoverQueuedDrafts(resources)
  if (runs + drafts > 0) resources.logger.warn({ runs, drafts }, 'jobs that were lost are queued again')
}
