import { expect, test } from 'vitest'
import { percentile, seededRandom, shuffled } from './statistics.ts'

test('a percentile is one of the values, and so many of them do not exceed it', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(values, 0.5)).toBe(50)
  expect(percentile(values, 0.95)).toBe(95)
  expect(percentile(values, 1)).toBe(100)
  expect(percentile([7], 0.5)).toBe(7)
  expect(() => percentile([], 0.5)).toThrow(RangeError)
})

test('the same seed shuffles the same way, and loses nothing', () => {
  const items = Array.from({ length: 50 }, (_, index) => index)
  const first = shuffled(items, seededRandom(1))
  expect(first).toEqual(shuffled(items, seededRandom(1)))
  expect(first).not.toEqual(items)
  expect(first.toSorted((a, b) => a - b)).toEqual(items)
})
