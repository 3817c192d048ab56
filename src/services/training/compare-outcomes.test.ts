import { expect, it } from 'vitest'
import { compareOutcomes, judgeRetraining, metricsOf } from './compare-outcomes.ts'
import type { CaseOutcome } from './measure-cases.ts'

const outcome = (exampleId: string, change: Partial<CaseOutcome> = {}): CaseOutcome => ({
  exampleId,
  isIntentRight: true,
  isInTop3: true,
  reciprocalRank: 1,
  draftSimilarity: 0.8,
  editRatio: 0.5,
  ...change,
})
const many = (change: (index: number) => Partial<CaseOutcome>) => Array.from({ length: 20 }, (_, index) => outcome(`${index}`, change(index)))
const judge = (before: CaseOutcome[], after: CaseOutcome[], mustPass: string[] = []) =>
  judgeRetraining({
    cases: before.map(({ exampleId }) => ({
      exampleId,
      question: '',
      context: [],
      articleIds: [],
      intent: null,
      correction: null,
      isMustPass: mustPass.includes(exampleId),
    })),
    before,
    after,
    comparisons: compareOutcomes(before, after),
  })

it('refuses what gets significantly worse, and names it', () => {
  expect(
    judge(
      many(() => ({})),
      many(() => ({ reciprocalRank: 0.5 })),
    ),
  ).toMatchObject({ isActivated: false, reason: expect.stringContaining('reciprocal rank of the right article falls by 0.500') })
})

it('takes what gets better, or stays', () => {
  expect(
    judge(
      many(() => ({ isIntentRight: false })),
      many(() => ({})),
    ),
  ).toMatchObject({ isActivated: true, reason: expect.stringContaining('routing rises by 1.000') })
  expect(
    judge(
      many(() => ({})),
      many(() => ({})),
    ).reason,
  ).toContain('nothing significantly better')
  // One of twenty is chance.
  expect(
    judge(
      many(() => ({})),
      many((index) => ({ isInTop3: index > 0 })),
    ).isActivated,
  ).toBe(true)
})

it('refuses when a case that must pass breaks, whatever else gets better', () => {
  const [before, after] = [many((index) => ({ isIntentRight: index === 3 })), many((index) => ({ isIntentRight: index !== 3 }))]
  expect(judge(before, after, ['3'])).toMatchObject({ isActivated: false, reason: expect.stringContaining('must pass') })
  expect(judge(before, after, ['4']).isActivated).toBe(true)
})

it('says when there was nothing to measure with', () => {
  expect(judge([], [])).toMatchObject({ isActivated: true, reason: expect.stringContaining('without a measurement') })
  const bad = [outcome('a', { reciprocalRank: 0 })]
  expect(judge([outcome('a')], bad).reason).toContain('1 held-out case')
  expect(metricsOf([])).toEqual({ intentAccuracy: null, recallAt3: null, meanReciprocalRank: null, draftSimilarity: null })
})

it('compares only what both measured', () => {
  const [comparison] = compareOutcomes([outcome('a', { isIntentRight: null }), outcome('b')], [outcome('a'), outcome('b', { isIntentRight: false })])
  expect(comparison).toMatchObject({ metric: 'intentAccuracy', difference: -1, cases: 1, low: -1, high: 1 })
})
