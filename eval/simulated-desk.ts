import jstat from 'jstat'
import type { Random } from '../src/lib/math/random.ts'
import type { ArmFigures, Arms } from '../src/services/experiments/analyse.ts'

/**
 * Drafts as a desk treats them: 35% are sent as they are (edit ratio 0), 8% are not used at all (1), the others are changed by Beta(1.3, 2.6), a third of
 * the words on average. Over conversations that makes 0.27 with a standard deviation of 0.30. Three of ten conversations get a second draft, a third of those a third one; half
 * of these fare just like the first of their conversation. 5% of the conversations are escalated.
 */
export interface Desk {
  /** By how much the mean edit ratio of the tried variant is lower: so many more of its drafts are sent as they are. Below 0: not used at all. */
  shift?: number
  /** Escalations of the tried variant. */
  escalated?: number
  /** The share of the control among the conversations that are shown; the weights say one half. */
  controlShare?: number
}

const [unchanged, unused, usualEscalated] = [0.35, 0.08, 0.05]
const changedBy = Array.from({ length: 2_000 }, (_, index) => jstat.jStat.beta.inv((index + 0.5) / 2_000, 1.3, 2.6))
export const usualEditRatio = unused + (1 - unchanged - unused) * (1.3 / 3.9)

function drawEditRatio(random: Random, shift: number): number {
  const place = random.next()
  if (shift > 0 && random.next() < shift / usualEditRatio) return 0
  if (shift < 0 && random.next() < -shift / (1 - usualEditRatio)) return 1
  if (place < unchanged) return 0
  if (place < unchanged + unused) return 1
  return changedBy[Math.floor(random.next() * changedBy.length)]!
}

interface Sums {
  conversations: number
  drafts: number
  edit: number
  editSquares: number
  escalated: number
}

/** One experiment as it goes on. */
export function simulateExperiment(random: Random, { shift = 0, escalated = usualEscalated, controlShare = 0.5 }: Desk = {}) {
  const sums = [0, 1].map((): Sums => ({ conversations: 0, drafts: 0, edit: 0, editSquares: 0, escalated: 0 }))
  return {
    converse(): void {
      const arm = random.next() < controlShare ? 0 : 1
      const ofArm = sums[arm]!
      const drafts = random.next() < 0.7 ? 1 : random.next() < 2 / 3 ? 2 : 3
      const first = drawEditRatio(random, arm * shift)
      let total = first
      for (let more = 1; more < drafts; more++) total += random.next() < 0.5 ? first : drawEditRatio(random, arm * shift)
      const mean = total / drafts
      ofArm.conversations += 1
      ofArm.drafts += drafts
      ofArm.edit += mean
      ofArm.editSquares += mean * mean
      ofArm.escalated += Number(random.next() < (arm === 0 ? usualEscalated : escalated))
    },
    arms: () => sums.map(figuresOf) as Arms,
  }
}

function figuresOf({ conversations: count, drafts, edit, editSquares, escalated }: Sums, index: number): ArmFigures {
  const sample = (sum: number, squares: number) => ({ count, mean: sum / count, variance: (squares - (sum * sum) / count) / (count - 1) })
  return {
    name: index === 0 ? 'control' : 'tried',
    weight: 1,
    conversations: count,
    drafts,
    measuredDrafts: drafts,
    samples: count === 0 ? {} : { EDIT_RATIO: sample(edit, editSquares), ESCALATION_RATE: sample(escalated, escalated) },
  }
}
