import { expect, test } from 'vitest'
import { dotProducts, transpose } from './dot-products.ts'

test.each([
  [1, 1, 1],
  [4, 2, 8],
  [5, 3, 7],
  [7, 5, 300],
  [257, 301, 30],
  [5, 6, 1_001],
])('gives what the plain loops give for %i × %i over %i', (m, n, size) => {
  const a = Float32Array.from({ length: m * size }, (_, index) => Math.sin(index))
  const b = Float32Array.from({ length: n * size }, (_, index) => Math.cos(3 * index))
  const out = new Float32Array(m * n).fill(9)
  dotProducts(a, m, b, n, size, out)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += a[i * size + k]! * b[j * size + k]!
      expect(out[i * n + j]).toBeCloseTo(sum, 3)
    }
})

test('transposes', () => {
  expect([...transpose(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6])
})
