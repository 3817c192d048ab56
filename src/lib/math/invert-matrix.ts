/** The inverse of a symmetric positive definite matrix, rounded to float32. */
export function invertMatrix(matrix: Float64Array, size: number): Float32Array {
  const lower = cholesky(matrix, size)
  const inverse = new Float32Array(size * size)
  const column = new Float64Array(size)
  for (let unit = 0; unit < size; unit++) {
    column.fill(0)
    for (let i = unit; i < size; i++) {
      let sum = i === unit ? 1 : 0
      for (let k = unit; k < i; k++) sum -= lower[i * size + k]! * column[k]!
      column[i] = sum / lower[i * size + i]!
    }
    // The rows above the diagonal are known from the columns before, by symmetry.
    for (let i = size - 1; i >= unit; i--) {
      const x = (column[i]! /= lower[i * size + i]!)
      inverse[i * size + unit] = inverse[unit * size + i] = x
      for (let k = unit; k < i; k++) column[k]! -= lower[i * size + k]! * x
    }
  }
  return inverse
}

/** The lower triangle L of L·Lᵀ = matrix, row by row. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j * size + j]!
    }
  }
  return lower
}
