// How often are experiments right? Simulated desks, through the same analysis that real ones go through. Run: node eval/experiments.ts [RUNS]
// What the drafts of a simulated desk are like is in eval/simulated-desk.ts. Every run has its own seed, and the figures are the same each time.
import jstat from 'jstat'
import { median, percentile } from '../bench/statistics.ts'
import { createRandom } from '../src/lib/math/random.ts'
import { type Analysis, type Arms, analyse, type Plan } from '../src/services/experiments/analyse.ts'
import { judgePromotion } from '../src/services/experiments/judge-promotion.ts'
import { type Desk, simulateExperiment } from './simulated-desk.ts'

const runs = Number(process.argv[2] ?? 2_000)
const conversationsADay = 40
const plan = (maximumDrafts: number, changes: Partial<Plan> = {}): Plan => ({
  primaryMetric: 'EDIT_RATIO',
  guardrails: [],
  maximumDrafts,
  ...changes,
})

interface Ended {
  analysis: Analysis
  arms: Arms
}

/** One experiment, looked at every so many conversations, until it is decided. */
function runUntilDecided(seed: number, desk: Desk, its: Plan, lookEvery: number, onLook?: (arms: Arms) => void): Ended {
  const experiment = simulateExperiment(createRandom(seed), desk)
  for (;;) {
    for (let count = 0; count < lookEvery; count++) experiment.converse()
    const arms = experiment.arms()
    onLook?.(arms)
    const analysis = analyse(its, arms)
    if (analysis.outcome !== 'UNDECIDED') return { analysis, arms }
  }
}

const many = (count: number, first: number, run: (seed: number) => Ended) => Array.from({ length: count }, (_, index) => run(first + index))
const share = (ended: Ended[], ...outcomes: Analysis['outcome'][]) =>
  ended.filter(({ analysis }) => outcomes.includes(analysis.outcome)).length / ended.length
const percent = (value: number) => `${(100 * value).toFixed(value < 0.1 ? 2 : 1)}%`
const draftsOf = ({ arms }: Ended) => arms[0].measuredDrafts + arms[1].measuredDrafts
const conversationsOf = ({ arms }: Ended) => arms[0].conversations + arms[1].conversations

console.log(`Edit ratio, ${runs} runs each, ${conversationsADay} conversations a day, 50:50`)
falseWins()
power()
guardrails()
sampleRatio()
promotions()

/** Both variants are the same. */
function falseWins(): void {
  console.log('\nA/A, up to 2,000 drafts: a winner where there is none (5% are allowed)')
  let fooled = 0
  const daily = many(runs, 1_000, (seed) => {
    let isFooled = false
    const ended = runUntilDecided(seed, {}, plan(2_000), conversationsADay, (arms) => {
      isFooled ||= ordinaryPValue(arms) < 0.05
    })
    fooled += Number(isFooled)
    return ended
  })
  const always = many(runs, 1_000, (seed) => runUntilDecided(seed, {}, plan(2_000), 1))
  console.log(`  looked at every day                  ${percent(share(daily, 'BETTER', 'WORSE'))}`)
  console.log(`  looked at after every conversation   ${percent(share(always, 'BETTER', 'WORSE'))}`)
  console.log(`  an ordinary test (p < 0.05) each day ${percent(fooled / runs)}`)
}

/** Of the usual test for two means, which holds for one look. */
function ordinaryPValue([{ samples: control }, { samples: tried }]: Arms): number {
  const [first, second] = [control.EDIT_RATIO!, tried.EDIT_RATIO!]
  const error = Math.sqrt(first.variance / first.count + second.variance / second.count)
  return 2 * jstat.jStat.normal.cdf(-Math.abs(second.mean - first.mean) / error, 0, 1)
}

/** The tried variant is better. */
function power(): void {
  console.log('\nThe edit ratio is lower: how many find it, and after how many drafts (looked at every day)')
  console.log('  planned drafts   by     better   worse    drafts to decide: half, nine of ten   found by half of them')
  for (const planned of [1_000, 2_000, 5_000])
    for (const shift of [0.05, 0.1]) {
      const ended = many(Math.ceil(runs / 2), 50_000, (seed) => runUntilDecided(seed, { shift }, plan(planned), conversationsADay))
      const won = ended.filter(({ analysis }) => analysis.outcome === 'BETTER')
      const drafts = won.map(draftsOf)
      const found = won.map(({ analysis }) => -analysis.primary!.difference)
      console.log(
        `  ${planned.toString().padStart(14)}   ${shift.toFixed(2)}   ${percent(share(ended, 'BETTER')).padStart(6)}   ${percent(share(ended, 'WORSE')).padStart(6)}   ${median(drafts).toString().padStart(22)}   ${percentile(drafts, 0.9).toString().padStart(11)}   ${median(found).toFixed(3).padStart(21)}`,
      )
    }
}

function guardrails(): void {
  console.log('\nA guardrail on escalations (5% of conversations), up to 2,000 drafts, looked at every day')
  const its = plan(2_000, { guardrails: ['ESCALATION_RATE'] })
  for (const escalated of [0.05, 0.1, 0.2]) {
    const ended = many(Math.ceil(runs / 2), 90_000, (seed) => runUntilDecided(seed, { escalated }, its, conversationsADay))
    const stopped = ended.filter(({ analysis }) => analysis.outcome === 'STOPPED_BY_GUARDRAIL')
    const after = stopped.length === 0 ? '' : `, half of them after ${median(stopped.map(conversationsOf))} conversations`
    console.log(`  ${percent(escalated)} of the tried variant: ${percent(stopped.length / ended.length)} are stopped${after}`)
  }
}

/** Weights say 50:50. */
function sampleRatio(): void {
  console.log('\nThe sample-ratio alarm (p < 0.001), up to 2,000 conversations, looked at every day; in brackets a chi-square test instead')
  for (const controlShare of [0.5, 0.55, 0.6]) {
    const [alarms, chiSquareAlarms] = [[] as number[], [] as number[]]
    for (let seed = 200_000; seed < 200_000 + runs; seed++) {
      const experiment = simulateExperiment(createRandom(seed), { controlShare })
      let [alarm, chiSquareAlarm] = [0, 0]
      for (let count = 1; count <= 2_000; count++) {
        experiment.converse()
        if (count % conversationsADay !== 0) continue
        const arms = experiment.arms()
        if (alarm === 0 && analyse(plan(1_000_000), arms).sampleRatioMismatch) alarm = count
        if (chiSquareAlarm === 0 && chiSquarePValue(arms) < 0.001) chiSquareAlarm = count
      }
      if (alarm > 0) alarms.push(alarm)
      if (chiSquareAlarm > 0) chiSquareAlarms.push(chiSquareAlarm)
    }
    const after = (times: number[]) => (times.length === 0 ? '' : `, half of them after ${median(times)}`)
    console.log(
      `  ${Math.round(100 * controlShare)}:${Math.round(100 * (1 - controlShare))}  ${percent(alarms.length / runs)}${after(alarms)}   (${percent(chiSquareAlarms.length / runs)}${after(chiSquareAlarms)})`,
    )
  }
}

function chiSquarePValue([control, tried]: Arms): number {
  const [observed, other] = [control.conversations, tried.conversations]
  return 1 - jstat.jStat.chisquare.cdf((observed - other) ** 2 / (observed + other), 1)
}

/** Without an experiment, or after one: the 400 conversations before a promotion, and those of the two weeks after it. */
function promotions(): void {
  console.log('\nA promoted version, watched for 14 days beside 400 conversations before: how many go back')
  for (const worseBy of [0, 0.05, 0.1, 0.2]) {
    const backAfter: number[] = []
    for (let seed = 400_000; seed < 400_000 + runs; seed++) {
      const experiment = simulateExperiment(createRandom(seed), { shift: -worseBy, controlShare: 1 })
      for (let count = 0; count < 400; count++) experiment.converse()
      const before = experiment.arms()[0].samples.EDIT_RATIO
      const since = simulateExperiment(createRandom(seed + 1_000_000), { shift: -worseBy, controlShare: 0 })
      for (let day = 1; day <= 14; day++) {
        for (let count = 0; count < conversationsADay; count++) since.converse()
        if (!judgePromotion('EDIT_RATIO', { before, after: since.arms()[1].samples.EDIT_RATIO })?.isWorse) continue
        backAfter.push(day * conversationsADay)
        break
      }
    }
    const after = backAfter.length === 0 ? '' : `, half of them after ${median(backAfter)} conversations`
    console.log(`  worse by ${worseBy.toFixed(2)}: ${percent(backAfter.length / runs)}${after}`)
  }
}
