import type { Resources } from '../../resources.ts'
import { lockPromotion } from '../models/promote-model-version.ts'
import { endExperiment, type Judged, judge, keepOutcome } from './end-experiment.ts'
import { withVariants } from './measure-arms.ts'
import { missingModels } from './missing-models.ts'

/**
 * Looks at the running experiment: keeps an outcome, tells webhooks of it, and ends it where nobody needs to be asked. A guardrail or a wrong sample ratio
 * always does; any outcome does with `autoPromote`. However often this is called, the error that it was planned with holds.
 */
export async function checkExperiments({ database, generators, logger }: Pick<Resources, 'database' | 'generators' | 'logger'>): Promise<void> {
  const running = await database.experiment.findFirst({
    where: { status: 'RUNNING' },
    include: { variants: { ...withVariants.variants, include: { modelVersion: true } } },
  })
  if (!running) return
  const seen = await judge(database, running)
  if (seen.outcome === running.outcome && !endsByItself(seen)) return
  const versions = running.variants.filter(({ id }) => running.autoPromote && id === seen.winner?.id).map(({ modelVersion }) => modelVersion)
  const missing = await missingModels({ generators }, versions)
  await database.$transaction(async (tx) => {
    await lockPromotion(tx)
    const experiment = await tx.experiment.findUnique({ where: { id: running.id, status: 'RUNNING' }, include: withVariants })
    if (!experiment) return
    const judged = await judge(tx, experiment)
    const { outcome, winner } = judged
    if (!endsByItself(judged)) return keepOutcome(tx, judged)
    const problem = winner ? missing.get(winner.modelVersionId) : undefined
    const reason = problem === undefined ? judged.conclusion : `${judged.conclusion} It could not be promoted: ${problem}`
    await endExperiment(tx, { judged, promotes: experiment.autoPromote && problem === undefined, reason, by: null })
    logger.info({ experimentId: experiment.id, outcome }, 'experiment ended')
  })
}

function endsByItself({ outcome, experiment }: Judged): boolean {
  if (outcome === 'STOPPED_BY_GUARDRAIL' || outcome === 'SAMPLE_RATIO_MISMATCH') return true
  return experiment.autoPromote && outcome !== 'UNDECIDED'
}
