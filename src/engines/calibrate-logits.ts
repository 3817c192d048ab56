import { energyOf, probabilitiesOf } from './intent-head.ts'

export interface ScoredExample {
  label: number
  logits: Float64Array
}

/** The one temperature under which the right labels are likeliest; 1 when there is nothing to learn from. */
export function fitTemperature(examples: ScoredExample[]): number {
  if (examples.length === 0) return 1
  // Golden-section search over ln T: the likelihood has one peak in it.
  const ratio = (Math.sqrt(5) - 1) / 2
  const loss = (logarithm: number) => negativeLogLikelihood(examples, Math.exp(logarithm))
  let [low, high] = [Math.log(0.05), Math.log(20)]
  let left = high - ratio * (high - low)
  let right = low + ratio * (high - low)
  let [leftLoss, rightLoss] = [loss(left), loss(right)]
  for (let step = 0; step < 24; step++) {
    if (leftLoss < rightLoss) {
      ;[high, right, rightLoss] = [right, left, leftLoss]
      left = high - ratio * (high - low)
      leftLoss = loss(left)
    } else {
      ;[low, left, leftLoss] = [left, right, rightLoss]
      right = low + ratio * (high - low)
      rightLoss = loss(right)
    }
  }
  return Math.exp((low + high) / 2)
}

export function negativeLogLikelihood(examples: ScoredExample[], temperature: number): number {
  let sum = 0
  for (const { logits, label } of examples) sum += energyOf(logits, temperature) - logits[label]! / temperature
  return sum / examples.length
}

/** Expected calibration error over bins of equal size: equal widths would leave most bins of a good classifier all but empty. */
export function calibrationError(examples: ScoredExample[], temperature: number, bins = 10): number {
  const outcomes = examples.map(({ logits, label }) => {
    const probabilities = probabilitiesOf(logits, temperature)
    const confidence = Math.max(...probabilities)
    return { confidence, right: probabilities[label] === confidence ? 1 : 0 }
  })
  outcomes.sort((a, b) => a.confidence - b.confidence)
  let error = 0
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * outcomes.length) / bins)
    const members = outcomes.slice(from, Math.floor(((bin + 1) * outcomes.length) / bins))
    error += Math.abs(members.reduce((sum, { confidence, right }) => sum + confidence - right, 0))
  }
  return error / outcomes.length
}
