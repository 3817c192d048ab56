import { expect, it } from 'vitest'
import { pairedInterval } from './paired-interval.ts'
import { createRandom } from './random.ts'

it('holds the true difference about as often as it says', () => {
  const random = createRandom(5)
  // Sum of uniform draws: mean 0.1, and easy to make.
  const draw = () => Array.from({ length: 60 }, () => 0.1 + (random.next() - 0.5) + (random.next() - 0.5))
  const zeros = new Array(60).fill(0)
  const held = Array.from({ length: 200 }, () => pairedInterval(draw(), zeros)).filter(({ low, high }) => low <= 0.1 && 0.1 <= high).length
  expect(held / 200).toBeGreaterThan(0.89)
  expect(held / 200).toBeLessThan(0.99)
})

it('is the same for the same values, and of nothing knows nothing', () => {
  expect(pairedInterval([1, 2, 4], [1, 1, 1])).toEqual(pairedInterval([1, 2, 4], [1, 1, 1]))
  expect(pairedInterval([1, 1], [1, 1])).toEqual({ difference: 0, low: 0, high: 0 })
  expect(pairedInterval([], [])).toMatchObject({ difference: 0, low: Number.NEGATIVE_INFINITY })
})
