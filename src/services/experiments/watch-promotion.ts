import { type ExperimentMetric, Prisma, type Promotion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import { activate, lockPromotion } from '../models/promote-model-version.ts'
import { figure } from './conclude.ts'
import { judgePromotion, type PromotionJudgement } from './judge-promotion.ts'
import { measureDrafts } from './measure-drafts.ts'
import { metricTraits } from './metrics.ts'
import { missingModels } from './missing-models.ts'

const dayMs = 86_400_000
const daysBefore = 28
/** The newest of each version. */
const mostDrafts = 2_000

/**
 * Looks at the version that was promoted last, while its watch lasts, and goes back to its predecessor when it is worse: more is edited of its drafts, or
 * the metric that its experiment was about got worse. A version that somebody went back to is not watched, and neither is anything while an experiment runs.
 */
export async function watchPromotion({
  database,
  generators,
  config,
  logger,
}: Pick<Resources, 'database' | 'generators' | 'config' | 'logger'>): Promise<void> {
  const watched = await watchedPromotion(database, config.ROLL_BACK_DAYS)
  if (!watched) return
  const { promotion, replaced, metric } = watched
  const judgement = await judgeNow(database, watched)
  if (!judgement?.isWorse) return
  const problem = (await missingModels({ generators }, [replaced])).get(replaced.id)
  if (problem !== undefined) {
    logger.warn({ modelVersionId: promotion.modelVersionId, problem }, 'a promoted version is worse, and its predecessor cannot take its place')
    return
  }
  await database.$transaction(async (tx) => {
    await lockPromotion(tx)
    const still = await watchedPromotion(tx, config.ROLL_BACK_DAYS)
    if (still?.promotion.id !== promotion.id) return
    await activate(tx, { modelVersionId: replaced.id, reason: 'AUTOMATIC_ROLL_BACK', detail: detailOf(metric, judgement), by: null })
    await recordAudit(tx, null, {
      action: 'rollBackModelVersion',
      targetType: 'ModelVersion',
      targetId: replaced.id,
      details: { replacedId: promotion.modelVersionId, isAutomatic: true },
    })
    logger.warn({ from: promotion.modelVersionId, to: replaced.id, ...judgement }, 'a promoted version was worse: went back to its predecessor')
  })
}

/** The promotion by which the active version came, if it is to be watched now. */
export async function watchedPromotion(database: Database | Transaction, days: number) {
  if (days === 0) return null
  const promotion = await database.promotion.findFirst({
    orderBy: { id: 'desc' },
    include: { replaced: true, experiment: { select: { primaryMetric: true } } },
  })
  if (!promotion?.replaced || promotion.at.getTime() < Date.now() - days * dayMs) return null
  if (promotion.reason !== 'MANUAL' && promotion.reason !== 'EXPERIMENT') return null
  if (await database.experiment.findFirst({ where: { status: 'RUNNING' }, select: { id: true } })) return null
  return { promotion, replaced: promotion.replaced, metric: promotion.experiment?.primaryMetric ?? ('EDIT_RATIO' as const) }
}

/** Of drafts that somebody dealt with, on either side of the promotion. */
async function judgeNow(
  database: Database,
  { promotion, metric }: { promotion: Promotion; metric: ExperimentMetric },
): Promise<PromotionJudgement | null> {
  const [at, start] = [promotion.at, new Date(promotion.at.getTime() - daysBefore * dayMs)]
  const drafts = (arm: string, versionId: string, within: Prisma.Sql) =>
    Prisma.sql`(SELECT ${arm}::text AS arm, "id" AS "draftId", "createdAt" AS at FROM "Draft" WHERE "modelVersionId" = ${versionId} AND "status" IN ('SENT', 'REJECTED') AND ${within}
      ORDER BY "createdAt" DESC LIMIT ${mostDrafts})`
  const since = Prisma.sql`"createdAt" >= ${at.toISOString()}::timestamptz`
  const until = Prisma.sql`"createdAt" < ${at.toISOString()}::timestamptz AND "createdAt" >= ${start.toISOString()}::timestamptz`
  const figures = await measureDrafts(
    database,
    Prisma.sql`${drafts('after', promotion.modelVersionId, since)} UNION ALL ${drafts('before', promotion.replacedId!, until)}`,
  )
  return judgePromotion(metric, { before: figures.get('before')?.samples[metric], after: figures.get('after')?.samples[metric] })
}

function detailOf(metric: ExperimentMetric, { difference, low, high }: PromotionJudgement): string {
  return `Since it took the place of this one, the ${metricTraits[metric].words} is worse by ${figure(metric, Math.abs(difference))}, and the true difference lies between ${figure(metric, low, true)} and ${figure(metric, high, true)}.`
}
