import { createDotTiles } from './dot-tiles.ts'

// In the memory of the tiles: a block of the rows of a, one of b, and what they make. Blocks along the rows keep both in the cache.
const [blockA, blockB, blockSize] = [256, 256, 384]
const [atB, atOut] = [4 * blockA * blockSize, 4 * (blockA + blockB) * blockSize]
let tiles: { addTile: ReturnType<typeof createDotTiles>['addTile']; floats: Float32Array } | null = null

/** out[m × n] = a[m × size] · b[n × size]ᵀ, all row by row, in single precision. */
export function dotProducts(a: Float32Array, m: number, b: Float32Array, n: number, size: number, out: Float32Array): void {
  const { addTile, floats } = (tiles ??= openTiles())
  for (let column = 0; column < n; column += blockB) {
    const columns = Math.min(blockB, n - column)
    const width = columns + (columns % 2)
    for (let from = 0; from < m; from += blockA) {
      const rows = Math.min(blockA, m - from)
      const height = Math.ceil(rows / 4) * 4
      floats.fill(0, atOut / 4, atOut / 4 + height * width)
      for (let start = 0; start < size; start += blockSize) {
        const length = Math.min(blockSize, size - start)
        const stride = Math.ceil(length / 4) * 4
        copyRows(a, from, rows, size, start, length, floats, 0, stride)
        copyRows(b, column, columns, size, start, length, floats, atB / 4, stride)
        for (let i = 0; i < height; i += 4)
          for (let j = 0; j < width; j += 2)
            addTile(4 * i * stride, atB + 4 * j * stride, 4 * stride, 4 * stride, atOut + 4 * (i * width + j), 4 * width)
      }
      for (let row = 0; row < rows; row++) {
        const made = atOut / 4 + row * width
        out.set(floats.subarray(made, made + columns), (from + row) * n + column)
      }
    }
  }
}

function openTiles() {
  const { memory, addTile } = createDotTiles(atOut + 4 * blockA * blockB)
  return { addTile, floats: new Float32Array(memory.buffer) }
}

/** Rows that are no multiple of four long are filled up with zeros: they add nothing. What is left below the last row makes what is never read. */
function copyRows(
  from: Float32Array,
  first: number,
  count: number,
  size: number,
  start: number,
  length: number,
  to: Float32Array,
  at: number,
  stride: number,
): void {
  for (let row = 0; row < count; row++) {
    const source = (first + row) * size + start
    const target = at + row * stride
    to.set(from.subarray(source, source + length), target)
    to.fill(0, target + length, target + stride)
  }
}

export function dot(a: Float32Array, aFrom: number, b: Float32Array, bFrom: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += a[aFrom + k]! * b[bFrom + k]!
  return sum
}

export function transpose(a: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!
  return out
}
