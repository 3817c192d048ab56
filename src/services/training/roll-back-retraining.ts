import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { trainRouter } from '../routing/train-router.ts'
import { lockRetraining } from './start-retraining.ts'

/**
 * Undoes one retraining: its intent examples, phrasings and few-shot examples go, those it took out come back, and the numbers of the one before
 * count again. Its examples stay processed; the next retraining learns from all of them anew.
 */
export async function rollBackRetraining(resources: Resources, { runId, by }: { runId: string; by: Viewer | null }): Promise<Run> {
  const { database, queue, learned } = resources
  const run = await database.$transaction(async (tx) => {
    await lockRetraining(tx)
    const retraining = await tx.retraining.findUnique({ where: { runId }, include: { run: true } })
    if (!retraining) throw new NotFoundError('retraining run')
    if (!retraining.activated) throw new ConflictError('This retraining was not activated, so there is nothing to undo.')
    if (retraining.rolledBackAt) return retraining.run
    await tx.retraining.update({ where: { runId }, data: { rolledBackAt: new Date() } })
    const intents = await tx.intentExample.deleteMany({ where: { retrainingId: runId } })
    const phrasings = await tx.phrasing.findMany({ where: { retrainingId: runId }, select: { articleId: true } })
    await tx.phrasing.deleteMany({ where: { retrainingId: runId } })
    await tx.fewShotExample.deleteMany({ where: { retrainingId: runId } })
    await tx.fewShotExample.updateMany({ where: { retiredById: runId }, data: { retiredById: null } })
    const articleIds = [...new Set(phrasings.map(({ articleId }) => articleId))]
    if (articleIds.length > 0) await queue.send('index-articles', { articleIds }, { transaction: tx })
    if (intents.count > 0) await queue.send('train-router', {}, { transaction: tx })
    await recordAudit(tx, by, { action: 'rollBackRetraining', targetType: 'RetrainingRun', targetId: runId })
    return retraining.run
  })
  await learned.refresh()
  learned.changed()
  // At once here; the other replicas are told by it.
  await trainRouter(resources)
  return run
}
