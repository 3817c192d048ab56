import { dotProducts } from '../lib/math/dot-products.ts'
import { calibrationError, fitTemperature, negativeLogLikelihood, outcomeOf } from './calibrate-logits.ts'
import { fitSoftmax, softmaxPreconditioner } from './fit-softmax.ts'
import { energyOf, type FittedHead, type HeadMetrics, type OutOfScopeRule, outOfScopeScore } from './intent-head.ts'
import { type Fold, splitFolds } from './split-folds.ts'

export interface LabelledVectors {
  /** Normalised, row by row. */
  vectors: Float32Array
  dimensions: number
  labels: Int32Array
  intents: number
}

/** What the head says of an example that it was not trained on. */
interface HeldOut {
  label: number
  logits: Float64Array
  nearestCosine: number
  /** Those that are held out together. */
  part: number
}

const strengths = [3, 10, 30]
/** When there is nothing to choose by. */
const usualStrength = 10
const keptInScope = 0.95
const enoughToChoose = 150
// Early enough to be quick, and the same in every fit: the temperature belongs to weights that were stopped as these are.
const tolerance = 0.01

/** Chooses the strength, the temperature and the out-of-scope threshold by cross-validation, then fits on everything. The same input gives the same head. */
export function fitIntentHead(data: LabelledVectors): FittedHead {
  const { vectors, dimensions, labels, intents } = data
  const size = dimensions + 1
  const rows = withBias(vectors, dimensions)
  const preconditioner = softmaxPreconditioner(rows, size, 10)
  const folds = splitFolds(labels)

  let candidates = strengths.map((strength) => ({ strength, heldOut: [] as HeldOut[], start: undefined as Float32Array | undefined }))
  for (const [number, fold] of folds.entries()) {
    const training = { rows: pickRows(rows, fold.training, size), size, labels: pickLabels(labels, fold.training), classes: intents }
    const cosines = nearestCosines(vectors, dimensions, fold)
    const heldOutRows = pickRows(rows, fold.validation, size)
    const product = new Float32Array(fold.validation.length * intents)
    let previous: Float32Array | undefined
    for (const candidate of candidates) {
      // Each strength starts from the one before: the path costs little more than its first point.
      const weights = fitSoftmax(training, { strength: candidate.strength, preconditioner, start: previous, tolerance })
      previous = candidate.start = weights
      dotProducts(heldOutRows, fold.validation.length, weights, intents, size, product)
      fold.validation.forEach((example, position) => {
        const logits = Float64Array.from(product.subarray(position * intents, (position + 1) * intents))
        // Of a single split the halves stand for parts: a temperature that is fitted on one is measured on the other.
        const part = folds.length === 1 ? position % 2 : number
        candidate.heldOut.push({ label: labels[example]!, logits, nearestCosine: cosines[position]!, part })
      })
    }
    // With so many held out, the first fold has chosen; the others only measure.
    if (fold.validation.length > enoughToChoose) candidates = [likeliest(candidates)]
  }

  const { strength, heldOut: examples, start } = likeliest(candidates)
  const temperature = fitTemperature(examples)
  const weights = fitSoftmax({ rows, size, labels, classes: intents }, { strength, preconditioner, start, tolerance })
  const outOfScope = examples.length > 0 ? learnOutOfScope(examples, temperature) : null
  return { weights, temperature, outOfScope, metrics: measure(examples, temperature, outOfScope, labels.length, intents) }
}

function likeliest<Candidate extends { heldOut: HeldOut[] }>(candidates: Candidate[]): Candidate {
  if (candidates[0]!.heldOut.length === 0) return candidates[strengths.indexOf(usualStrength)] ?? candidates[0]!
  const losses = candidates.map(({ heldOut }) => negativeLogLikelihood(heldOut, fitTemperature(heldOut)))
  return candidates[losses.indexOf(Math.min(...losses))]!
}

function learnOutOfScope(examples: HeldOut[], temperature: number): OutOfScopeRule {
  const signals = examples.map(({ logits, nearestCosine }) => ({ energy: energyOf(logits, temperature), cosine: nearestCosine }))
  const rule = { energy: spread(signals.map(({ energy }) => energy)), cosine: spread(signals.map(({ cosine }) => cosine)), threshold: 0 }
  const scores = signals.map((signal) => outOfScopeScore(rule, signal)).sort((a, b) => a - b)
  return { ...rule, threshold: scores[Math.floor((1 - keptInScope) * scores.length)]! }
}

/** Each example by a temperature that was fitted without its part: a temperature would look better on what it was fitted on. */
function measure(examples: HeldOut[], start: number, rule: OutOfScopeRule | null, count: number, intents: number): HeadMetrics {
  const outcomes = [...Map.groupBy(examples, ({ part }) => part)].flatMap(([part, members]) => {
    const temperature = fitTemperature(
      examples.filter((example) => example.part !== part),
      start,
    )
    return members.map((example) => outcomeOf(example, temperature))
  })
  return {
    accuracy: examples.length > 0 ? outcomes.filter(({ isRight }) => isRight).length / examples.length : null,
    expectedCalibrationError: examples.length > 0 ? calibrationError(outcomes) : null,
    outOfScopeThreshold: rule?.threshold ?? null,
    examples: count,
    intents,
  }
}

function nearestCosines(vectors: Float32Array, dimensions: number, { training, validation }: Fold): number[] {
  const cosines = new Float32Array(validation.length * training.length)
  dotProducts(
    pickRows(vectors, validation, dimensions),
    validation.length,
    pickRows(vectors, training, dimensions),
    training.length,
    dimensions,
    cosines,
  )
  return validation.map((_, position) =>
    cosines.subarray(position * training.length, (position + 1) * training.length).reduce((high, cosine) => Math.max(high, cosine), -1),
  )
}

function spread(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) || 1 }
}

function withBias(vectors: Float32Array, dimensions: number): Float32Array {
  const count = vectors.length / dimensions
  const rows = new Float32Array(count * (dimensions + 1)).fill(1)
  for (let i = 0; i < count; i++) rows.set(vectors.subarray(i * dimensions, (i + 1) * dimensions), i * (dimensions + 1))
  return rows
}

function pickRows(rows: Float32Array, indexes: number[], size: number): Float32Array {
  const picked = new Float32Array(indexes.length * size)
  indexes.forEach((index, position) => picked.set(rows.subarray(index * size, (index + 1) * size), position * size))
  return picked
}

const pickLabels = (labels: Int32Array, indexes: number[]) => Int32Array.from(indexes, (index) => labels[index]!)
