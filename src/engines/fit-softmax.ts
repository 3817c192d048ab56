import { dotProducts, transpose } from '../lib/math/dot-products.ts'
import { invertMatrix } from '../lib/math/invert-matrix.ts'
import { minimise } from '../lib/math/minimise.ts'

/** Labelled vectors, row by row, each with a last component of 1 that carries the bias. */
export interface LabelledRows {
  rows: Float32Array
  size: number
  labels: Int32Array
  classes: number
}

export interface SoftmaxOptions {
  /** The variance that the weights may have: small keeps them near zero. */
  strength: number
  preconditioner: Float32Array
  start?: Float32Array
  /** Stop when a step lowers the loss by less than this share of it. */
  tolerance: number
}

/**
 * Multinomial logistic regression: minimises the summed cross-entropy plus ‖W‖² / (2·strength), over all rows at once.
 * Returns W, one row a class, the bias last.
 */
export function fitSoftmax(
  { rows, size, labels, classes }: LabelledRows,
  { strength, preconditioner, start, tolerance }: SoftmaxOptions,
): Float32Array {
  const count = labels.length
  const penalty = 1 / (strength * count)
  const columns = transpose(rows, count, size)
  const logits = new Float32Array(count * classes)
  const weights = new Float32Array(classes * size)
  const product = new Float32Array(classes * size)

  const objective = (at: Float64Array, gradient: Float64Array) => {
    weights.set(at)
    dotProducts(rows, count, weights, classes, size, logits)
    const loss = toResiduals(logits, labels, classes)
    dotProducts(transpose(logits, count, classes), classes, columns, size, count, product)
    let norm = 0
    for (let i = 0; i < at.length; i++) {
      gradient[i] = product[i]! / count + penalty * at[i]!
      norm += at[i]! * at[i]!
    }
    return loss / count + (penalty / 2) * norm
  }
  const precondition = (gradient: Float64Array) => {
    weights.set(gradient)
    dotProducts(weights, classes, preconditioner, size, size, product)
    gradient.set(product)
  }
  const from = start ? Float64Array.from(start) : new Float64Array(classes * size)
  return Float32Array.from(minimise(objective, from, { maximumIterations: 60, tolerance, precondition }))
}

/**
 * The inverse Hessian is near that of covariance ⊗ p(1-p) plus the penalty. With it the fit takes a third of the steps. A tenth stands for
 * p(1-p); it decides how fast the fit is, never where it ends.
 */
export function softmaxPreconditioner(rows: Float32Array, size: number, strength: number): Float32Array {
  const count = rows.length / size
  const columns = transpose(rows, count, size)
  const covariance = new Float32Array(size * size)
  dotProducts(columns, size, columns, size, count, covariance)
  const hessian = Float64Array.from(covariance, (value) => (0.1 * value) / count)
  for (let i = 0; i < size; i++) hessian[i * size + i]! += 1 / (strength * count)
  return invertMatrix(hessian, size)
}

/** Turns logits into softmax minus one-hot, in place, and returns the summed cross-entropy. */
function toResiduals(logits: Float32Array, labels: Int32Array, classes: number): number {
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
