import type { ExperimentMetric, ExperimentOutcome } from '../../generated/prisma/client.ts'
import { type Comparison, countForMargin, differenceSequence, type Interval, meanSequence, type Sample } from '../../lib/math/confidence-sequence.ts'
import { proportionPValue } from '../../lib/math/proportion-test.ts'
import { metricTraits } from './metrics.ts'

export interface Plan {
  primaryMetric: ExperimentMetric
  guardrails: ExperimentMetric[]
  maximumDrafts: number
}

/** What is known of one variant. A conversation counts as one value, the mean of its drafts: drafts of one conversation are alike. */
export interface ArmFigures {
  name: string
  weight: number
  /** With a draft that was shown. */
  conversations: number
  /** That were shown. */
  drafts: number
  /** Of these, that came to an outcome: sent, rejected, or passed over for a reply of the agent's own. */
  measuredDrafts: number
  samples: Partial<Record<ExperimentMetric, Sample>>
}

export type Arms = [control: ArmFigures, tried: ArmFigures]

export interface Guardrail {
  metric: ExperimentMetric
  breached: boolean
  comparison: Comparison | null
}

export interface Analysis {
  primary: Comparison | null
  sampleRatioPValue: number
  sampleRatioMismatch: boolean
  guardrails: Guardrail[]
  outcome: ExperimentOutcome
  /** 0 once it is decided. */
  moreDraftsNeeded: number
}

export const alpha = 0.05
const sampleRatioAlarm = 0.001
/** Conversations of each variant below which nothing is concluded: means of fewer are not normal enough. */
export const minimumConversations = 30
const mostDrafts = 10_000_000

/** All of it holds however often it is asked for: whoever looks every day, and stops when they like what they see, errs no more often. */
export function analyse(plan: Plan, arms: Arms): Analysis {
  const primary = compare(plan, arms, plan.primaryMetric, alpha)
  const guardrails = plan.guardrails.map((metric): Guardrail => {
    const comparison = compare(plan, arms, metric, alpha / plan.guardrails.length)
    return { metric, comparison, breached: comparison !== null && hasEnough(arms, metric) && isHarm(metric, comparison) }
  })
  const sampleRatioPValue = sampleRatio(arms)
  const sampleRatioMismatch = sampleRatioPValue < sampleRatioAlarm
  const outcome = sampleRatioMismatch
    ? 'SAMPLE_RATIO_MISMATCH'
    : guardrails.some(({ breached }) => breached)
      ? 'STOPPED_BY_GUARDRAIL'
      : decide(plan, arms, primary)
  return {
    primary,
    sampleRatioPValue,
    sampleRatioMismatch,
    guardrails,
    outcome,
    moreDraftsNeeded: outcome === 'UNDECIDED' ? draftsNeeded(plan, arms, primary) : 0,
  }
}

function decide(plan: Plan, arms: Arms, primary: Comparison | null): ExperimentOutcome {
  const { isLowerBetter, margin } = metricTraits[plan.primaryMetric]
  if (primary && hasEnough(arms, plan.primaryMetric)) {
    if (primary.high < 0) return isLowerBetter ? 'BETTER' : 'WORSE'
    if (primary.low > 0) return isLowerBetter ? 'WORSE' : 'BETTER'
    if (primary.low > -margin && primary.high < margin) return 'NO_DIFFERENCE'
  }
  return arms[0].measuredDrafts + arms[1].measuredDrafts >= plan.maximumDrafts ? 'NO_DIFFERENCE' : 'UNDECIDED'
}

function compare({ maximumDrafts }: Plan, arms: Arms, metric: ExperimentMetric, level: number): Comparison | null {
  const [first, second] = arms.map(({ samples }) => samples[metric])
  const comparison = first && second ? differenceSequence(first, second, { alpha: level, planned: maximumDrafts }) : null
  return comparison && metricTraits[metric].isShare
    ? { ...comparison, low: Math.max(-1, comparison.low), high: Math.min(1, comparison.high) }
    : comparison
}

/** The mean of one variant, with the interval in which it lies; null where nothing was measured, and without an interval for one value. */
export function armMetric(
  { maximumDrafts }: Plan,
  arm: ArmFigures,
  metric: ExperimentMetric,
): { mean: number | null } & (Interval | { low: null; high: null }) {
  const sample = arm.samples[metric]
  if (!sample || sample.count === 0) return { mean: null, low: null, high: null }
  const interval = meanSequence(sample, { alpha, planned: maximumDrafts / 2 })
  if (!interval) return { mean: sample.mean, low: null, high: null }
  return { mean: sample.mean, low: Math.max(0, interval.low), high: metricTraits[metric].isShare ? Math.min(1, interval.high) : interval.high }
}

/** The tried variant is worse, and by more than what does not matter. */
function isHarm(metric: ExperimentMetric, { low, high }: Interval): boolean {
  const { isLowerBetter, margin } = metricTraits[metric]
  return isLowerBetter ? low > margin : high < -margin
}

function hasEnough(arms: Arms, metric: ExperimentMetric): boolean {
  return arms.every(({ samples }) => (samples[metric]?.count ?? 0) >= minimumConversations)
}

function sampleRatio([control, tried]: Arms): number {
  const count = control.conversations + tried.conversations
  return proportionPValue({ hits: control.conversations, count, expected: shareOf(control, [control, tried]) })
}

const shareOf = ({ weight }: ArmFigures, arms: Arms) => weight / (arms[0].weight + arms[1].weight)

/** Until the primary metric is decided, if it goes on as it did: by the difference that is seen, or where that is small by the one that matters. */
function draftsNeeded(plan: Plan, arms: Arms, primary: Comparison | null): number {
  const samples = arms.map((arm) => arm.samples[plan.primaryMetric] ?? { count: 0, mean: 0, variance: 0 }) as [Sample, Sample]
  const counted = samples[0].count + samples[1].count
  const least = Math.max(...arms.map((arm, index) => (minimumConversations - samples[index]!.count) / shareOf(arm, arms)))
  const margin = Math.max(Math.abs(primary?.difference ?? 0), metricTraits[plan.primaryMetric].margin)
  const inAll = primary ? countForMargin(...samples, { alpha, planned: plan.maximumDrafts, margin, most: mostDrafts }) : 0
  const draftsOfOne = counted === 0 ? 1 : Math.max(1, (arms[0].measuredDrafts + arms[1].measuredDrafts) / counted)
  return Math.max(1, Math.ceil(Math.max(least, inAll - counted) * draftsOfOne))
}
