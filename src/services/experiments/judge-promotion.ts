import jstat from 'jstat'
import type { ExperimentMetric } from '../../generated/prisma/client.ts'
import { type Interval, meanSequence, type Sample } from '../../lib/math/confidence-sequence.ts'
import { alpha, minimumConversations } from './analyse.ts'
import { metricTraits } from './metrics.ts'

export interface PromotionFigures {
  before: Sample | undefined
  after: Sample | undefined
}

export interface PromotionJudgement extends Interval {
  difference: number
  isWorse: boolean
}

/** The number of conversations after a promotion at which its watch sees most. */
const planned = 500

/**
 * How the promoted version does beside what its predecessor did before; null while too little is known. What was before is there once and for all, so its mean
 * has an ordinary interval; what comes after is looked at again and again. Each may miss with half of alpha. Times differ as well as versions: a harder
 * month looks like a worse version, which is why only more than what does not matter is called worse.
 */
export function judgePromotion(metric: ExperimentMetric, { before, after }: PromotionFigures): PromotionJudgement | null {
  if (!before || !after || before.count < minimumConversations || after.count < minimumConversations) return null
  const sequence = meanSequence(after, { alpha: alpha / 2, planned })!
  const beforeMargin = -jstat.jStat.studentt.inv(alpha / 4, before.count - 1) * Math.sqrt(before.variance / before.count)
  const difference = after.mean - before.mean
  const [low, high] = [sequence.low - before.mean - beforeMargin, sequence.high - before.mean + beforeMargin]
  const { isLowerBetter, margin } = metricTraits[metric]
  return { difference, low, high, isWorse: isLowerBetter ? low > margin : high < -margin }
}
