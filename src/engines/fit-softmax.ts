import { dotProducts, transpose } from '../lib/math/dot-products.ts'
import { invertMatrix } from '../lib/math/invert-matrix.ts'
import { minimise } from '../lib/math/minimise.ts'

/** Labelled vectors, row by row, each with a last component of 1 that carries the bias. */
export interface LabelledVectors {
  rows: Float32Array
  size: number
  labels: Int32Array
  classes: number
}

/**
 * Multinomial logistic regression: minimises the mean cross-entropy plus ‖W‖² / (2·strength·n). Returns W, one row a class, the bias last.
 * `paths` of strengths share the preconditioner and start each from the one before, weakest weights first.
 */
export function fitSoftmax({ rows, size, labels, classes }: LabelledVectors, strengths: number[], { tolerance = 1e-4 }: { tolerance?: number } = {}): Float32Array[] {
  const count = labels.length
  const columns = transpose(rows, count, size)
  const covariance = new Float32Array(size * size)
  dotProducts(columns, size, columns, size, count, covariance)

  const logits = new Float32Array(count * classes)
  const raw = new Float32Array(classes * size)
  const shaped = new Float32Array(classes * size)
  let weights = new Float64Array(classes * size)
  return strengths.map((strength) => {
    const penalty = 1 / (strength * count)
    // The Hessian is near covariance ⊗ p(1-p); a tenth of it keeps the penalty from being drowned before the fit is sharp.
    const shape = Float64Array.from(covariance, (value) => (0.1 * value) / count)
    for (let i = 0; i < size; i++) shape[i * size + i]! += penalty
    const inverse = invertMatrix(shape, size)
    const objective = (at: Float64Array, gradient: Float64Array) => {;(globalThis as any).evals = ((globalThis as any).evals ?? 0) + 1
      raw.set(at)
      dotProducts(rows, count, raw, classes, size, logits)
      const loss = residuals(logits, labels, classes)
      dotProducts(transpose(logits, count, classes), classes, columns, size, count, raw)
      let norm = 0
      for (let i = 0; i < at.length; i++) {
        gradient[i] = raw[i]! / count + penalty * at[i]!
        norm += at[i]! * at[i]!
      }
      return loss / count + (penalty / 2) * norm
    }
    weights = minimise(objective, weights, {
      maximumIterations: 60,
      tolerance,
      precondition: (gradient) => {
        raw.set(gradient)
        dotProducts(raw, classes, inverse, size, size, shaped)
        gradient.set(shaped)
      },
    }) as typeof weights
    return Float32Array.from(weights)
  })
}

/** Turns logits into softmax minus one-hot, in place, and returns the summed cross-entropy. */
function residuals(logits: Float32Array, labels: Int32Array, classes: number): number {
  let loss = 0
  for (let i = 0; i < labels.length; i++) {
    const from = i * classes
    let highest = -Infinity
    for (let k = 0; k < classes; k++) highest = Math.max(highest, logits[from + k]!)
    let sum = 0
    for (let k = 0; k < classes; k++) sum += logits[from + k] = Math.exp(logits[from + k]! - highest)
    for (let k = 0; k < classes; k++) logits[from + k]! /= sum
    const right = from + labels[i]!
    loss -= Math.log(Math.max(logits[right]!, 1e-30))
    logits[right]! -= 1
  }
  return loss
}
