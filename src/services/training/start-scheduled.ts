import type { Resources } from '../../resources.ts'
import { liveRetraining, lockRetraining, queueRetraining } from './start-retraining.ts'

/** The schedule is due: starts a retraining when there are enough new examples and none is at work; else the schedule says why it was skipped. */
export async function startScheduled({ database, queue, logger }: Pick<Resources, 'database' | 'queue' | 'logger'>): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockRetraining(tx)
    const schedule = await tx.retrainingSchedule.findFirst()
    if (!schedule) return
    const fresh = await tx.trainingExample.count({ where: { state: 'APPROVED', processed: false, heldOut: false } })
    const live = await liveRetraining(tx)
    const reason = live
      ? 'Another retraining was at work.'
      : fresh < schedule.minimumExamples
        ? `There were ${fresh} new examples, and ${schedule.minimumExamples} are asked for.`
        : null
    if (reason === null) {
      const run = await queueRetraining({ queue }, tx, { trigger: 'SCHEDULED' })
      logger.info({ runId: run.id, examples: fresh }, 'scheduled retraining started')
    } else logger.info({ reason }, 'scheduled retraining skipped')
    await tx.retrainingSchedule.update({
      where: { id: schedule.id },
      data: { skippedAt: reason === null ? null : new Date(), skippedReason: reason },
    })
  })
}
