/**
 * out[m × n] = a[m × size] · b[n × size]ᵀ, all row by row. Tiles of 4 × 2 keep the sums in registers, and blocks along the rows keep them
 * in the cache: about four times the speed of the plain loops.
 */
export function dotProducts(a: Float32Array, m: number, b: Float32Array, n: number, size: number, out: Float32Array): void {
  out.fill(0, 0, m * n)
  const block = 128
  for (let from = 0; from < size; from += block) {
    const length = Math.min(block, size - from)
    let i = 0
    for (; i + 3 < m; i += 4) {
      let j = 0
      for (; j + 1 < n; j += 2) addTile(a, i * size + from, b, j * size + from, size, length, out, i * n + j, n)
      for (; j < n; j++) for (let row = i; row < i + 4; row++) out[row * n + j]! += dot(a, row * size + from, b, j * size + from, length)
    }
    for (; i < m; i++) for (let j = 0; j < n; j++) out[i * n + j]! += dot(a, i * size + from, b, j * size + from, length)
  }
}

export function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += a[aFrom + k]! * b[bFrom + k]!
  return sum
}

function addTile(
  a: Float32Array,
  a0: number,
  b: Float32Array,
  b0: number,
  stride: number,
  length: number,
  out: Float32Array,
  at: number,
  n: number,
): void {
  const a1 = a0 + stride
  const a2 = a1 + stride
  const a3 = a2 + stride
  const b1 = b0 + stride
  let s00 = 0,
    s01 = 0,
    s10 = 0,
    s11 = 0,
    s20 = 0,
    s21 = 0,
    s30 = 0,
    s31 = 0
  for (let k = 0; k < length; k++) {
    const x = b[b0 + k]!
    const y = b[b1 + k]!
    const p = a[a0 + k]!
    const q = a[a1 + k]!
    const r = a[a2 + k]!
    const s = a[a3 + k]!
    s00 += p * x
    s01 += p * y
    s10 += q * x
    s11 += q * y
    s20 += r * x
    s21 += r * y
    s30 += s * x
    s31 += s * y
  }
  out[at]! += s00
  out[at + 1]! += s01
  out[at + n]! += s10
  out[at + n + 1]! += s11
  out[at + 2 * n]! += s20
  out[at + 2 * n + 1]! += s21
  out[at + 3 * n]! += s30
  out[at + 3 * n + 1]! += s31
}

export function transpose(a: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!
  return out
}
