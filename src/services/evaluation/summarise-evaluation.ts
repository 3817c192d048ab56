import { pairedInterval } from '../../lib/math/paired-interval.ts'
import { bleuOfCounts } from '../support/bleu.ts'
import type { CaseFigures } from './replay-case.ts'

export interface EvaluationMetrics {
  editRatio: number | null
  semanticSimilarity: number | null
  bleu: number | null
  support: number | null
  lengthRatio: number | null
  escalationAgreement: number | null
  seconds: number | null
}
export type EvaluationMetric = keyof EvaluationMetrics

export interface EvaluationComparison {
  metric: EvaluationMetric
  /** The version less the one that it is compared to. */
  difference: number
  low: number
  high: number
  cases: number
  outcome: 'BETTER' | 'WORSE' | 'NO_DIFFERENCE'
}

export interface EvaluationSummary {
  cases: number
  metrics: EvaluationMetrics
  /** Null where it was compared to nothing. */
  comparedMetrics: EvaluationMetrics | null
  comparisons: EvaluationComparison[]
}

export interface EvaluationResult extends EvaluationSummary {
  /** Most cases first. */
  byIntent: (EvaluationSummary & { intent: string | null })[]
}

export interface MeasuredCase {
  intent: string | null
  measured: CaseFigures
  compared: CaseFigures | null
}

const readers: Record<EvaluationMetric, (figures: CaseFigures) => number | null> = {
  editRatio: ({ editRatio }) => editRatio,
  semanticSimilarity: ({ semanticSimilarity }) => semanticSimilarity,
  bleu: ({ bleu }) => bleu,
  support: ({ support }) => support,
  lengthRatio: ({ lengthRatio }) => lengthRatio,
  escalationAgreement: ({ escalationAgrees }) => Number(escalationAgrees),
  seconds: ({ seconds }) => seconds,
}
const names = Object.keys(readers) as EvaluationMetric[]
/** Of the others it depends which is better: a reply is no better for being longer. */
const direction: Partial<Record<EvaluationMetric, 1 | -1>> = {
  editRatio: -1,
  semanticSimilarity: 1,
  bleu: 1,
  support: 1,
  escalationAgreement: 1,
  seconds: -1,
}
const mostIntents = 100

/** The figures of all cases, and of each intent. */
export function summariseEvaluation(cases: MeasuredCase[]): EvaluationResult {
  const byIntent = [...Map.groupBy(cases, ({ intent }) => intent)]
    .map(([intent, of]) => ({ intent, ...summarise(of) }))
    .sort((a, b) => b.cases - a.cases || (a.intent ?? '').localeCompare(b.intent ?? ''))
    .slice(0, mostIntents)
  return { ...summarise(cases), byIntent }
}

function summarise(cases: MeasuredCase[]): EvaluationSummary {
  const compared = cases.flatMap((one) => one.compared ?? [])
  return {
    cases: cases.length,
    metrics: metricsOf(cases.map(({ measured }) => measured)),
    comparedMetrics: compared.length === 0 ? null : metricsOf(compared),
    comparisons: names.flatMap((metric) => compareMetric(metric, cases)),
  }
}

function metricsOf(figures: CaseFigures[]): EvaluationMetrics {
  const means = Object.fromEntries(names.map((name) => [name, mean(figures.map(readers[name]).filter((value) => value !== null))]))
  return { ...(means as unknown as EvaluationMetrics), bleu: figures.length === 0 ? null : bleuOfCounts(figures.map(({ bleuCounts }) => bleuCounts)) }
}

/** On the cases that both measured; of BLEU the mean of single drafts, because that of a corpus has no pairs. */
function compareMetric(metric: EvaluationMetric, cases: MeasuredCase[]): EvaluationComparison[] {
  const pairs = cases.flatMap(({ measured, compared }) => {
    const [own, other] = [readers[metric](measured), compared && readers[metric](compared)]
    return own !== null && other !== null ? [{ own, other }] : []
  })
  if (pairs.length < 2) return []
  const { difference, low, high } = pairedInterval(
    pairs.map(({ own }) => own),
    pairs.map(({ other }) => other),
  )
  const sign = direction[metric] ?? 0
  const outcome = sign !== 0 && low * high > 0 ? (difference * sign > 0 ? 'BETTER' : 'WORSE') : 'NO_DIFFERENCE'
  return [{ metric, difference, low, high, cases: pairs.length, outcome }]
}

const mean = (values: number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)
