import type { ModelVersion, PromotionReason } from '../../generated/prisma/client.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'

/**
 * Makes a version the one that drafts are written with, in place of the one that is; drafts that are being written end with theirs. Of two promotions
 * at once the second one fails where it said, with `expectedActiveId`, what it replaces.
 */
export async function promoteModelVersion(
  { database, generators }: Pick<Resources, 'database' | 'generators'>,
  { modelVersionId, expectedActiveId = null, by }: { modelVersionId: string; expectedActiveId?: string | null; by: Viewer | null },
): Promise<ModelVersion> {
  const version = await database.modelVersion.findUnique({ where: { id: modelVersionId } })
  if (!version) throw new NotFoundError('model version')
  await refuseMissingModel({ generators }, version)
  return database.$transaction(async (tx) => {
    await lockPromotion(tx)
    await refuseWhileExperimenting(tx)
    const active = await tx.modelVersion.findFirst({ where: { status: 'ACTIVE' } })
    refuseUnexpected(active, expectedActiveId)
    const promoted = await activate(tx, { modelVersionId, reason: 'MANUAL', by })
    if (active?.id !== modelVersionId)
      await recordAudit(tx, by, {
        action: 'promoteModelVersion',
        targetType: 'ModelVersion',
        targetId: modelVersionId,
        details: { replacedId: active?.id ?? null },
      })
    return promoted
  })
}

/** Null expects nothing. */
export function refuseUnexpected(active: Pick<ModelVersion, 'id' | 'name'> | null, expectedActiveId: string | null): void {
  if (expectedActiveId !== null && active?.id !== expectedActiveId)
    throw new ConflictError(`${JSON.stringify(active?.name)} is active now, not the version that you expected. Look at it, then decide again.`)
}

/** Whoever changes which version is active, or relies on it for a moment, does it under this lock. */
export async function lockPromotion(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.promotion'))`
}

/** The caller holds the lock. Does nothing when the version is active already. */
export async function activate(
  tx: Transaction,
  {
    modelVersionId,
    reason,
    detail = null,
    experimentId = null,
    by,
  }: { modelVersionId: string; reason: PromotionReason; detail?: string | null; experimentId?: string | null; by: Viewer | null },
): Promise<ModelVersion> {
  const version = await tx.modelVersion.findUnique({ where: { id: modelVersionId } })
  if (!version) throw new NotFoundError('model version')
  if (version.status === 'ACTIVE') return version
  if (version.status === 'BUILDING') throw new ConflictError(`${JSON.stringify(version.name)} is still being made. Wait for its run to end.`)
  if (version.status === 'FAILED')
    throw new ConflictError(`${JSON.stringify(version.name)} has FAILED: ${version.failureMessage ?? 'it was never finished'} Make a new one.`)
  const active = await tx.modelVersion.findFirst({ where: { status: 'ACTIVE' }, select: { id: true } })
  // One row at a time: the index allows no moment with two.
  if (active) await tx.modelVersion.update({ where: { id: active.id }, data: { status: 'RETIRED' } })
  const promoted = await tx.modelVersion.update({ where: { id: modelVersionId }, data: { status: 'ACTIVE' } })
  await tx.promotion.create({
    data: { modelVersionId, replacedId: active?.id ?? null, reason, detail, experimentId, byId: by?.agentId ?? null },
  })
  return promoted
}

/** Asks the server that writes now; one that is away says nothing against it. */
export async function refuseMissingModel({ generators }: Pick<Resources, 'generators'>, version: ModelVersion): Promise<void> {
  const generator = generators.current()
  const { generatorModel, generatorKind } = version
  if (generatorModel === null || generator.kind === 'EXTRACTIVE' || (generatorKind !== null && generatorKind !== generator.kind)) return
  const state = await generator.check(generatorModel)
  if (state.status === 'unavailable') throw new ConflictError(`Its model cannot be asked now. ${state.detail}`)
}

export async function refuseWhileExperimenting(tx: Transaction): Promise<void> {
  const running = await tx.experiment.findFirst({ where: { status: 'RUNNING' }, select: { id: true, name: true } })
  if (running)
    throw new ConflictError(
      `The experiment ${JSON.stringify(running.name)} (${encodeGlobalId('Experiment', running.id)}) is running, and what it compares must not change. Stop it first with stopExperiment.`,
    )
}
