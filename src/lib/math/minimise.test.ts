import { expect, test } from 'vitest'
import { invertMatrix } from './invert-matrix.ts'
import { minimise } from './minimise.ts'

test('finds the lowest point of a bowl that is much steeper one way', () => {
  const bowl = ([x, y]: Float64Array, gradient: Float64Array) => {
    gradient.set([2 * (x! - 3), 2000 * (y! + 1)])
    return (x! - 3) ** 2 + 1000 * (y! + 1) ** 2
  }
  const [x, y] = minimise(bowl, new Float64Array(2), { maximumIterations: 100, tolerance: 1e-12 })
  expect(x).toBeCloseTo(3, 3)
  expect(y).toBeCloseTo(-1, 3)
})

test('stays where it started when that is the lowest point', () => {
  const start = Float64Array.of(1, 2)
  const flat = (_at: Float64Array, gradient: Float64Array) => {
    gradient.fill(0)
    return 5
  }
  expect(minimise(flat, start, { maximumIterations: 10, tolerance: 0 })).toEqual(start)
})

test('inverts a positive definite matrix', () => {
  const inverse = invertMatrix(Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 2), 3)
  const expected = [5, -2, 1, -2, 8, -4, 1, -4, 11].map((value) => value / 18)
  inverse.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5))
})
