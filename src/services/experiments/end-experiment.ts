import type { Experiment, ExperimentVariant, Prisma } from '../../generated/prisma/client.ts'
import { encodeGlobalId } from '../../lib/global-id.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { activate } from '../models/promote-model-version.ts'
import { recordWebhookEvent } from '../webhooks/record-webhook-event.ts'
import { type Analysis, type Arms, analyse } from './analyse.ts'
import { conclude } from './conclude.ts'
import { measureArms, type WithVariants } from './measure-arms.ts'

export interface Judged {
  experiment: WithVariants
  arms: Arms
  analysis: Analysis
  outcome: Experiment['outcome']
  conclusion: string
  winner: ExperimentVariant | null
}

/**
 * What is known of it at this moment. The first outcome of the primary metric stays, because it was right to believe it then; a guardrail or a wrong sample
 * ratio has the last word while it runs.
 */
export async function judge(tx: Database | Transaction, experiment: WithVariants): Promise<Judged> {
  const arms = await measureArms(tx, experiment)
  const analysis = analyse(experiment, arms)
  const isAlarm = analysis.outcome === 'SAMPLE_RATIO_MISMATCH' || analysis.outcome === 'STOPPED_BY_GUARDRAIL'
  const stays = experiment.outcome !== 'UNDECIDED' && !isAlarm
  const outcome = stays ? experiment.outcome : analysis.outcome
  const [control, tried] = experiment.variants
  return {
    experiment,
    arms,
    analysis,
    outcome,
    conclusion: experiment.status === 'DRAFT' ? 'It was not started yet.' : (stays && experiment.conclusion) || conclude(experiment, arms, analysis),
    winner: outcome === 'BETTER' ? tried! : outcome === 'WORSE' ? control! : null,
  }
}

/** Keeps an outcome when it is new, and tells webhooks of the first one. */
export async function keepOutcome(tx: Transaction, { experiment, outcome, conclusion }: Judged): Promise<void> {
  if (outcome === 'UNDECIDED' || outcome === experiment.outcome) return
  await tx.experiment.update({ where: { id: experiment.id }, data: { outcome, conclusion, decidedAt: new Date() } })
  if (experiment.outcome === 'UNDECIDED') await tell(tx, experiment.id)
}

/** The caller holds the lock of promotions, and knows that it is running. Promotes the winner when asked to, if it is not active already. */
export async function endExperiment(
  tx: Transaction,
  { judged, promotes, reason, by }: { judged: Judged; promotes: boolean; reason: string; by: Viewer | null },
): Promise<Experiment> {
  const { experiment, arms, outcome, conclusion, winner } = judged
  await keepOutcome(tx, judged)
  const replaced = await tx.modelVersion.findFirst({ where: { status: 'ACTIVE' }, select: { id: true } })
  const promoted = promotes && winner !== null && winner.modelVersionId !== replaced?.id
  const ended = await tx.experiment.update({
    where: { id: experiment.id },
    data: {
      status: 'STOPPED',
      stoppedAt: new Date(),
      conclusion,
      winnerId: winner?.id ?? null,
      reason,
      promoted,
      figures: arms as unknown as Prisma.InputJsonValue,
    },
  })
  if (promoted)
    await activate(tx, { modelVersionId: winner.modelVersionId, reason: 'EXPERIMENT', detail: conclusion, experimentId: experiment.id, by })
  const details = { outcome, winnerId: winner?.id ?? null, promoted }
  await recordAudit(tx, by, { action: 'stopExperiment', targetType: 'Experiment', targetId: experiment.id, details })
  if (promoted)
    await recordAudit(tx, by, {
      action: 'promoteModelVersion',
      targetType: 'ModelVersion',
      targetId: winner.modelVersionId,
      details: { replacedId: replaced?.id ?? null, experimentId: experiment.id },
    })
  // One that was stopped undecided has its result too: that there is none.
  if (outcome === 'UNDECIDED') await tell(tx, experiment.id)
  return ended
}

const tell = (tx: Transaction, id: string) =>
  recordWebhookEvent(tx, { event: 'EXPERIMENT_DECIDED', data: { experimentId: encodeGlobalId('Experiment', id) } })
