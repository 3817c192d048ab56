import { expect, it } from 'vitest'
import { proportionPValue } from './proportion-test.ts'
import { createRandom } from './random.ts'

it('is sure of a wrong share, whichever side, and of nothing while there is nothing', () => {
  expect(proportionPValue({ hits: 0, count: 0, expected: 0.5 })).toBe(1)
  expect(proportionPValue({ hits: 600, count: 1_000, expected: 0.5 })).toBeLessThan(0.001)
  expect(proportionPValue({ hits: 400, count: 1_000, expected: 0.5 })).toBeCloseTo(proportionPValue({ hits: 600, count: 1_000, expected: 0.5 }), 12)
  expect(proportionPValue({ hits: 500, count: 1_000, expected: 0.5 })).toBe(1)
  expect(proportionPValue({ hits: 100, count: 1_000, expected: 0.1 })).toBe(1)
  expect(proportionPValue({ hits: 500_000, count: 1_000_000, expected: 0.5 })).toBe(1)
})

it('is rarely as low as it may be, however often one looks', () => {
  const random = createRandom(11)
  const fooled = Array.from({ length: 400 }, () => {
    let hits = 0
    for (let count = 1; count <= 1_000; count++) {
      if (random.next() < 0.5) hits++
      if (proportionPValue({ hits, count, expected: 0.5 }) < 0.05) return true
    }
    return false
  }).filter(Boolean)
  expect(fooled.length / 400).toBeLessThanOrEqual(0.05)
})
