import type { Experiment } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { lockPromotion } from '../models/promote-model-version.ts'
import { endExperiment, judge } from './end-experiment.ts'
import { withVariants } from './measure-arms.ts'
import { missingModels } from './missing-models.ts'

/**
 * Ends it: all conversations are answered by the active version again, which with `promote` the winner becomes. Where nothing has won, that is a conflict and
 * nothing changes.
 */
export async function stopExperiment(
  { database, generators }: Pick<Resources, 'database' | 'generators'>,
  { experimentId, promote, by }: { experimentId: string; promote: boolean; by: Viewer | null },
): Promise<Experiment> {
  const variants = promote ? await database.experimentVariant.findMany({ where: { experimentId }, include: { modelVersion: true } }) : []
  const missing = await missingModels(
    { generators },
    variants.map(({ modelVersion }) => modelVersion),
  )
  return database.$transaction(async (tx) => {
    await lockPromotion(tx)
    const experiment = await tx.experiment.findUnique({ where: { id: experimentId }, include: withVariants })
    if (!experiment) throw new NotFoundError('experiment')
    if (experiment.status === 'DRAFT') throw new ConflictError('This experiment was never started, so that there is nothing to stop.')
    if (experiment.status === 'STOPPED') throw new ConflictError('This experiment was stopped already. Read its `decision`.')
    const judged = await judge(tx, experiment)
    if (promote && judged.winner === null)
      throw new ConflictError(
        `There is no winner to promote. ${judged.conclusion} Stop it without promote, or choose a version yourself afterwards with promoteModelVersion.`,
      )
    const problem = promote && missing.get(judged.winner!.modelVersionId)
    if (problem) throw new ConflictError(problem)
    return endExperiment(tx, { judged, promotes: promote, reason: `Stopped by hand. ${judged.conclusion}`, by })
  })
}
