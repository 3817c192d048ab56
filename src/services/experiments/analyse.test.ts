import { describe, expect, it } from 'vitest'
import type { ExperimentMetric } from '../../generated/prisma/client.ts'
import { type Arms, analyse, armMetric, type Plan } from './analyse.ts'
import { conclude } from './conclude.ts'

const plan: Plan = { primaryMetric: 'EDIT_RATIO', guardrails: ['ESCALATION_RATE', 'DRAFT_SECONDS'], maximumDrafts: 2_000 }
type Means = Partial<Record<ExperimentMetric, number>>

/** Two arms of so many conversations each, with these means and the variance of a share. */
function arms(count: number, [control, tried]: [Means, Means], { shown = [count, count], weights = [1, 1] } = {}): Arms {
  return [control, tried].map((means, index) => ({
    name: ['Now', 'New'][index]!,
    weight: weights[index]!,
    conversations: shown[index]!,
    drafts: shown[index]!,
    measuredDrafts: count,
    samples: Object.fromEntries(
      Object.entries(means).map(([metric, mean]) => [metric, { count, mean, variance: metric === 'DRAFT_SECONDS' ? 4 : 0.09 }]),
    ),
  })) as Arms
}
function look(made: Arms, changes: Partial<Plan> = {}) {
  const changed = { ...plan, ...changes }
  const analysis = analyse(changed, made)
  return { ...analysis, conclusion: conclude(changed, made, analysis) }
}

describe('an experiment', () => {
  it('is better when the edit ratio is lower, and worse when it is higher', () => {
    expect(look(arms(600, [{ EDIT_RATIO: 0.4 }, { EDIT_RATIO: 0.3 }]))).toMatchObject({
      outcome: 'BETTER',
      moreDraftsNeeded: 0,
      conclusion: expect.stringMatching(
        /^"New" is better: its edit ratio is lower than that of "Now" by 0\.100, .* between −0\.1\d\d and −0\.0\d\d\.$/,
      ),
    })
    expect(look(arms(600, [{ EDIT_RATIO: 0.3 }, { EDIT_RATIO: 0.4 }]))).toMatchObject({
      outcome: 'WORSE',
      conclusion: expect.stringContaining('Stay with "Now"'),
    })
    const csat = { primaryMetric: 'CSAT' } as const
    expect(look(arms(600, [{ CSAT: 0.7 }, { CSAT: 0.8 }]), csat).outcome).toBe('BETTER')
    expect(look(arms(600, [{ CSAT: 0.8 }, { CSAT: 0.7 }]), csat).outcome).toBe('WORSE')
  })

  it('concludes nothing of fewer conversations than the least, and says how many drafts are missing', () => {
    const early = look(arms(29, [{ EDIT_RATIO: 1 }, { EDIT_RATIO: 0 }]))
    expect(early).toMatchObject({ outcome: 'UNDECIDED', conclusion: expect.stringContaining('too early') })
    expect(early.moreDraftsNeeded).toBeGreaterThanOrEqual(2)
    const nothing = look(arms(0, [{}, {}]))
    expect(nothing).toMatchObject({ primary: null, outcome: 'UNDECIDED', sampleRatioPValue: 1, moreDraftsNeeded: 60 })
    expect(nothing.conclusion).toContain('0 conversations of "Now"')
  })

  it('needs about as many more drafts as it says', () => {
    const undecided = look(arms(400, [{ EDIT_RATIO: 0.35 }, { EDIT_RATIO: 0.3 }]))
    expect(undecided).toMatchObject({ outcome: 'UNDECIDED', conclusion: expect.stringContaining('undecided') })
    const half = undecided.moreDraftsNeeded / 2
    const means: [Means, Means] = [{ EDIT_RATIO: 0.35 }, { EDIT_RATIO: 0.3 }]
    expect(look(arms(400 + Math.floor(half * 0.9), means), { maximumDrafts: 2_000 }).outcome).toBe('UNDECIDED')
    expect(look(arms(400 + Math.ceil(half * 1.1), means), { maximumDrafts: 2_000 }).outcome).toBe('BETTER')
  })

  it('says when more are needed than are planned', () => {
    expect(look(arms(400, [{ EDIT_RATIO: 0.301 }, { EDIT_RATIO: 0.3 }])).conclusion).toContain('beyond the 2000 that are planned')
  })

  it('ends without a difference when so many drafts are measured as were planned, or when none that matters is left', () => {
    expect(look(arms(1_000, [{ EDIT_RATIO: 0.31 }, { EDIT_RATIO: 0.3 }]))).toMatchObject({
      outcome: 'NO_DIFFERENCE',
      conclusion: expect.stringContaining('if there is one, it lies between −0.0'),
    })
    expect(look(arms(5_000, [{ EDIT_RATIO: 0.3 }, { EDIT_RATIO: 0.3 }]), { maximumDrafts: 1_000_000 }).outcome).toBe('UNDECIDED')
    expect(look(arms(20_000, [{ EDIT_RATIO: 0.3 }, { EDIT_RATIO: 0.3 }]), { maximumDrafts: 100_000 }).outcome).toBe('NO_DIFFERENCE')
    expect(look(arms(1_000, [{}, {}])).conclusion).toContain('hardly ever measured')
  })

  it('is stopped by a guardrail that the tried variant breaches by more than what does not matter, whatever the primary metric says', () => {
    const better = [{ EDIT_RATIO: 0.4 }, { EDIT_RATIO: 0.2 }] as const
    const harmful = look(
      arms(600, [
        { ...better[0], ESCALATION_RATE: 0.1 },
        { ...better[1], ESCALATION_RATE: 0.25 },
      ]),
    )
    expect(harmful).toMatchObject({
      outcome: 'STOPPED_BY_GUARDRAIL',
      guardrails: [
        { metric: 'ESCALATION_RATE', breached: true },
        { metric: 'DRAFT_SECONDS', breached: false, comparison: null },
      ],
      conclusion: expect.stringContaining('"New" was stopped: its escalation rate is higher than that of "Now" by 0.150'),
    })
    // The control is the worse one: nothing to protect from.
    expect(
      look(
        arms(600, [
          { ...better[0], ESCALATION_RATE: 0.25 },
          { ...better[1], ESCALATION_RATE: 0.1 },
        ]),
      ).outcome,
    ).toBe('BETTER')
    // Surely slower, by a second, which does not matter.
    const slower = look(
      arms(900, [
        { ...better[0], DRAFT_SECONDS: 3 },
        { ...better[1], DRAFT_SECONDS: 4 },
      ]),
    )
    expect(slower.outcome).toBe('BETTER')
    expect(slower.guardrails[1]!.comparison!.low).toBeGreaterThan(0)
  })

  it('can say nothing when conversations do not come as the weights say', () => {
    const means: [Means, Means] = [{ EDIT_RATIO: 0.4 }, { EDIT_RATIO: 0.2 }]
    expect(look(arms(400, means, { shown: [600, 400] }))).toMatchObject({
      outcome: 'SAMPLE_RATIO_MISMATCH',
      sampleRatioMismatch: true,
      conclusion: expect.stringContaining('600 conversations of "Now" and 400 of "New"'),
    })
    expect(look(arms(400, means, { shown: [600, 400], weights: [3, 2] }))).toMatchObject({ outcome: 'BETTER', sampleRatioMismatch: false })
  })
})

it('keeps the interval of a share within it, and knows none of nothing or of one value', () => {
  const [arm] = arms(40, [{ EDIT_RATIO: 0.02 }, {}])
  const { mean, low, high } = armMetric(plan, arm, 'EDIT_RATIO')
  expect([mean, low]).toEqual([0.02, 0])
  expect(high).toBeLessThanOrEqual(1)
  expect(armMetric(plan, arm, 'CSAT')).toEqual({ mean: null, low: null, high: null })
  expect(armMetric(plan, arms(1, [{ CSAT: 1 }, {}])[0], 'CSAT')).toEqual({ mean: 1, low: null, high: null })
})
