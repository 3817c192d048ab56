import { energyOf, probabilitiesOf } from './intent-head.ts'

export interface ScoredExample {
  label: number
  logits: Float64Array
}

/** How sure it was, and whether it was right. */
export interface Outcome {
  confidence: number
  isRight: boolean
}

const [coldest, warmest] = [0.05, 20]

// Whole examples made small sets too shy, none made them sure of everything: of 0.1, 0.25, 0.5 and 1 this gave unseen messages of few intents
// the highest likelihood.
const guessedExamples = 0.25

/**
 * The one temperature under which the right labels, and a part of one more example whose label is anybody's guess, are likeliest. Without
 * that, a few examples that are all right would make it sure of everything. 1 when there is nothing to learn from.
 */
export function fitTemperature(examples: ScoredExample[], start = 0.5): number {
  if (examples.length === 0) return 1
  const guess = guessedExamples / examples.length
  // In 1 / T the loss is convex: Newton's steps, and halves of the bracket where they leave it.
  let [low, high] = [1 / warmest, 1 / coldest]
  let inverse = 1 / start
  for (let step = 0; step < 30; step++) {
    let slope = 0
    let curvature = 0
    for (const { logits, label } of examples) {
      const { mean, variance } = momentsOf(logits, 1 / inverse)
      let average = 0
      for (const logit of logits) average += logit
      slope += (1 + guess) * mean - logits[label]! - (guess * average) / logits.length
      curvature += (1 + guess) * variance
    }
    if (slope > 0) high = inverse
    else low = inverse
    const newton = inverse - slope / curvature
    const next = newton > low && newton < high ? newton : (low + high) / 2
    const isDone = Math.abs(next - inverse) < 1e-3 * inverse
    inverse = next
    if (isDone) break
  }
  return 1 / inverse
}

/** Of the logits, under the probabilities that they have at this temperature. */
function momentsOf(logits: Float64Array, temperature: number): { mean: number; variance: number } {
  let highest = -Infinity
  for (const logit of logits) if (logit > highest) highest = logit
  let [sum, first, second] = [0, 0, 0]
  for (const logit of logits) {
    const below = logit - highest
    const weight = Math.exp(below / temperature)
    sum += weight
    first += weight * below
    second += weight * below * below
  }
  const mean = first / sum
  return { mean: mean + highest, variance: second / sum - mean * mean }
}

export function negativeLogLikelihood(examples: ScoredExample[], temperature: number): number {
  let sum = 0
  for (const { logits, label } of examples) sum += energyOf(logits, temperature) - logits[label]! / temperature
  return sum / examples.length
}

export function outcomeOf({ logits, label }: ScoredExample, temperature: number): Outcome {
  const probabilities = probabilitiesOf(logits, temperature)
  const confidence = probabilities.reduce((high, probability) => Math.max(high, probability), 0)
  return { confidence, isRight: probabilities[label] === confidence }
}

/**
 * Expected calibration error: how far confidence is from the share that is right, over bins of as many examples each. As many bins as still
 * have that share rise from bin to bin (Roelofs et al., Mitigating Bias in Calibration Error Estimation): with a fixed number of them, a few
 * hundred examples show an error where there is none, for the share of twenty is a matter of chance.
 */
export function calibrationError(outcomes: Outcome[]): number {
  const sorted = outcomes.toSorted((a, b) => a.confidence - b.confidence)
  let error = errorOver(sorted, 1).error
  for (let bins = 2; bins <= sorted.length; bins++) {
    const next = errorOver(sorted, bins)
    if (!next.isRising) break
    error = next.error
  }
  return error
}

function errorOver(sorted: Outcome[], bins: number): { error: number; isRising: boolean } {
  let error = 0
  let isRising = true
  let previous = 0
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * sorted.length) / bins)
    const to = Math.floor(((bin + 1) * sorted.length) / bins)
    let [confidence, right] = [0, 0]
    for (let index = from; index < to; index++) {
      confidence += sorted[index]!.confidence
      right += Number(sorted[index]!.isRight)
    }
    error += Math.abs(confidence - right)
    if (right / (to - from) < previous) isRising = false
    previous = right / (to - from)
  }
  return { error: error / sorted.length, isRising }
}
