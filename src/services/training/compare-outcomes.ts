import { pairedInterval } from '../../lib/math/paired-interval.ts'
import type { CaseOutcome, HeldOutCase } from './measure-cases.ts'

export type MetricName = 'intentAccuracy' | 'recallAt3' | 'meanReciprocalRank' | 'draftSimilarity'
/** Null where no case had anything to compare with. */
export type Metrics = Record<MetricName, number | null>

export interface Comparison {
  metric: MetricName
  /** After less before, on the cases that both measured. */
  difference: number
  low: number
  high: number
  cases: number
}

const readers: Record<MetricName, (outcome: CaseOutcome) => number | null> = {
  intentAccuracy: ({ isIntentRight }) => (isIntentRight === null ? null : Number(isIntentRight)),
  recallAt3: ({ isInTop3 }) => (isInTop3 === null ? null : Number(isInTop3)),
  meanReciprocalRank: ({ reciprocalRank }) => reciprocalRank,
  draftSimilarity: ({ draftSimilarity }) => draftSimilarity,
}
const metricNames = Object.keys(readers) as MetricName[]

export function metricsOf(outcomes: CaseOutcome[]): Metrics {
  return Object.fromEntries(
    metricNames.map((name) => {
      const values = outcomes.map(readers[name]).filter((value) => value !== null)
      return [name, values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length]
    }),
  ) as Metrics
}

/** Paired, so that only what changed counts; 95% intervals by the bootstrap. */
export function compareOutcomes(before: CaseOutcome[], after: CaseOutcome[]): Comparison[] {
  const later = new Map(after.map((outcome) => [outcome.exampleId, outcome]))
  return metricNames.flatMap((metric) => {
    const pairs = before.flatMap((outcome) => {
      const other = later.get(outcome.exampleId)
      const [was, is] = [readers[metric](outcome), other ? readers[metric](other) : null]
      return was !== null && is !== null ? [{ was, is }] : []
    })
    if (pairs.length === 0) return []
    const { difference, low, high } = pairedInterval(
      pairs.map(({ is }) => is),
      pairs.map(({ was }) => was),
    )
    return [{ metric, difference, low: Math.max(-1, low), high: Math.min(1, high), cases: pairs.length }]
  })
}

export interface Verdict {
  isActivated: boolean
  reason: string
}

/** Fewer cases say nothing about what would get worse. */
export const fewestCases = 5
const words: Record<MetricName, string> = {
  intentAccuracy: 'the accuracy of routing',
  recallAt3: 'the share of questions with the right article among the first three',
  meanReciprocalRank: 'the mean reciprocal rank of the right article',
  draftSimilarity: 'the likeness of drafts to the replies of agents',
}

/** Activated only if no case that must pass breaks, and nothing gets significantly worse. */
export function judgeRetraining({
  cases,
  before,
  after,
  comparisons,
}: {
  cases: HeldOutCase[]
  before: CaseOutcome[]
  after: CaseOutcome[]
  comparisons: Comparison[]
}): Verdict {
  const passed = new Set(before.filter(passes).map(({ exampleId }) => exampleId))
  const mustPass = new Set(cases.filter(({ isMustPass }) => isMustPass).map(({ exampleId }) => exampleId))
  const broken = after.filter((outcome) => mustPass.has(outcome.exampleId) && passed.has(outcome.exampleId) && !passes(outcome))
  if (broken.length > 0)
    return {
      isActivated: false,
      reason: `Refused: ${broken.length === 1 ? 'a case that must pass breaks' : `${broken.length} cases that must pass break`} (training example ${broken
        .slice(0, 5)
        .map(({ exampleId }) => exampleId)
        .join(', ')}).`,
    }
  const worse = comparisons.filter(({ high, cases: count }) => high < 0 && count >= fewestCases)
  if (worse.length > 0)
    return {
      isActivated: false,
      reason: `Refused: on held-out cases ${worse.map(({ metric, difference, low, high, cases: count }) => `${words[metric]} falls by ${(-difference).toFixed(3)} (95% interval ${low.toFixed(3)} to ${high.toFixed(3)}, ${count} cases)`).join(', and ')}.`,
    }
  const better = comparisons.filter(({ low, cases: count }) => low > 0 && count >= fewestCases)
  const measured = Math.max(0, ...comparisons.map(({ cases: count }) => count))
  if (measured < fewestCases)
    return {
      isActivated: true,
      reason: `Activated without a measurement: ${measured} held-out ${measured === 1 ? 'case' : 'cases'} can be compared, and ${fewestCases} are needed to see whether something gets worse. A fifth of the customers who come from now on is held out.`,
    }
  const gains = better.map(({ metric, difference }) => `${words[metric]} rises by ${difference.toFixed(3)}`)
  return {
    isActivated: true,
    reason: `Activated: on ${measured} held-out cases nothing gets significantly worse${gains.length > 0 ? `, and ${gains.join(', and ')}` : ', and nothing significantly better'}.`,
  }
}

const passes = ({ isIntentRight, isInTop3 }: CaseOutcome) => isIntentRight !== false && isInTop3 !== false
