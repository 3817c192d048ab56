import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError } from '../errors.ts'
import { activate, lockPromotion, refuseMissingModel, refuseUnexpected, refuseWhileExperimenting } from './promote-model-version.ts'

/** Goes back to the version that the active one replaced. Once more goes one further back, and never forward again. */
export async function rollBackModelVersion(
  { database, generators }: Pick<Resources, 'database' | 'generators'>,
  { expectedActiveId = null, by }: { expectedActiveId?: string | null; by: Viewer | null },
): Promise<ModelVersion> {
  const earlier = await database.$transaction((tx) => replacedByActive(tx))
  await refuseMissingModel({ generators }, earlier.version)
  return database.$transaction(async (tx) => {
    await lockPromotion(tx)
    await refuseWhileExperimenting(tx)
    const { active, version } = await replacedByActive(tx)
    refuseUnexpected(active, expectedActiveId)
    const restored = await activate(tx, { modelVersionId: version.id, reason: 'ROLL_BACK', by })
    await recordAudit(tx, by, {
      action: 'rollBackModelVersion',
      targetType: 'ModelVersion',
      targetId: version.id,
      details: { replacedId: active.id },
    })
    return restored
  })
}

/** The active version, and the one that it took the place of when it was promoted. */
export async function replacedByActive(tx: Transaction): Promise<{ active: ModelVersion; version: ModelVersion }> {
  const active = await tx.modelVersion.findFirst({ where: { status: 'ACTIVE' } })
  const promotion =
    active &&
    (await tx.promotion.findFirst({
      where: { modelVersionId: active.id, reason: { in: ['MANUAL', 'EXPERIMENT'] } },
      orderBy: { id: 'desc' },
      include: { replaced: true },
    }))
  if (!active || !promotion?.replaced) throw new ConflictError('There is nothing to go back to: the active version was the first one.')
  return { active, version: promotion.replaced }
}
