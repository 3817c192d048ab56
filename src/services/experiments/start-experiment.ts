import type { Experiment } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { lockPromotion, refuseMissingModel, refuseWhileExperimenting } from '../models/promote-model-version.ts'
import { refuseUnusable } from './create-experiment.ts'

/** From the next draft on each conversation is answered by its variant. One experiment at a time. */
export async function startExperiment(
  { database, generators }: Pick<Resources, 'database' | 'generators'>,
  { experimentId, by }: { experimentId: string; by: Viewer | null },
): Promise<Experiment> {
  const found = await database.experiment.findUnique({
    where: { id: experimentId },
    include: { variants: { include: { modelVersion: true }, orderBy: { position: 'asc' } } },
  })
  if (!found) throw new NotFoundError('experiment')
  if (found.status === 'DRAFT') for (const { modelVersion } of found.variants) await refuseMissingModel({ generators }, modelVersion)
  return database.$transaction(async (tx) => {
    await lockPromotion(tx)
    const experiment = await tx.experiment.findUnique({ where: { id: experimentId }, include: { variants: { include: { modelVersion: true } } } })
    if (!experiment) throw new NotFoundError('experiment')
    if (experiment.status === 'RUNNING') throw new ConflictError('This experiment is running already.')
    if (experiment.status === 'STOPPED')
      throw new ConflictError('This experiment was stopped, and what it found stands. Create a new one with createExperiment.')
    await refuseWhileExperimenting(tx)
    refuseUnusable(experiment.variants.map(({ modelVersion }) => modelVersion))
    await recordAudit(tx, by, { action: 'startExperiment', targetType: 'Experiment', targetId: experimentId })
    return tx.experiment.update({ where: { id: experimentId }, data: { status: 'RUNNING', startedAt: new Date() } })
  })
}
