import { expect, test } from 'vitest'
import { highest } from './highest.ts'

test('are the same as after sorting', () => {
  const scores = Array.from({ length: 500 }, (_, index) => Math.round(1000 * Math.sin(index * index)) / 100)
  const sorted = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)
  for (const limit of [1, 7, 60, 499, 500, 900]) expect(highest(scores, limit)).toEqual(sorted.slice(0, limit))
})

test('leave out what is no number, and none of nothing', () => {
  expect(highest([1, Number.NaN, 3], 5)).toEqual([2, 0])
  expect(highest([], 5)).toEqual([])
  expect(highest([1, 2], 0)).toEqual([])
})
