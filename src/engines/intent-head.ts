import { dot } from '../lib/math/dot-products.ts'

export interface HeadMetrics {
  /** All three by cross-validation, of the intents with five examples or more; null when there are none. */
  accuracy: number | null
  /** How far confidence is from the share that is right, of examples that neither the head nor its temperature was fitted on. */
  expectedCalibrationError: number | null
  /** Scores below it are out of scope; it keeps 95% of the cross-validated examples. */
  outOfScopeThreshold: number | null
  examples: number
  intents: number
}

/** What training learns, apart from the examples themselves. Plain data: it crosses from the worker as it is. */
export interface FittedHead {
  /** One row an intent, the bias last. */
  weights: Float32Array
  temperature: number
  outOfScope: OutOfScopeRule | null
  metrics: HeadMetrics
}

/** Energy and nearest cosine, each as standard deviations from what in-scope examples have, added up. */
export interface OutOfScopeRule {
  energy: { mean: number; deviation: number }
  cosine: { mean: number; deviation: number }
  threshold: number
}

export function outOfScopeScore({ energy, cosine }: OutOfScopeRule, signals: { energy: number; cosine: number }): number {
  return (signals.energy - energy.mean) / energy.deviation + (signals.cosine - cosine.mean) / cosine.deviation
}

export function logitsOf(weights: Float32Array, vector: Float32Array): Float64Array {
  const stride = vector.length + 1
  const logits = new Float64Array(weights.length / stride)
  for (let k = 0; k < logits.length; k++) logits[k] = dot(weights, k * stride, vector, 0, vector.length) + weights[(k + 1) * stride - 1]!
  return logits
}

/** ln Σ exp(logit / temperature): high where the head has seen something like it. */
export function energyOf(logits: Float64Array, temperature: number): number {
  let highest = -Infinity
  for (const logit of logits) highest = Math.max(highest, logit / temperature)
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit / temperature - highest)
  return highest + Math.log(sum)
}

export function probabilitiesOf(logits: Float64Array, temperature: number): Float64Array {
  const energy = energyOf(logits, temperature)
  return logits.map((logit) => Math.exp(logit / temperature - energy))
}
