import { describe, expect, it } from 'vitest'
import { countForMargin, differenceSequence, meanSequence, type Sample } from './confidence-sequence.ts'
import { createRandom } from './random.ts'

const options = { alpha: 0.05, planned: 1_000 }
const arm = (count: number, mean: number, variance = 0.09): Sample => ({ count, mean, variance })

describe('a confidence sequence', () => {
  it('is the formula of the paper', () => {
    // Of 1,000 values with variance s²: s · √(2(tρ² + 1)/(t²ρ²) · ln(√(tρ² + 1)/α)), with ρ² = (−2 ln α + ln(1 − 2 ln α))/1000 by hand.
    const grown = -2 * Math.log(0.05) + Math.log(1 - 2 * Math.log(0.05))
    const variance = 0.09
    const kept = (999 * variance + 0.25) / 1_000
    const margin = Math.sqrt(((kept * 2 * (grown + 1)) / (grown * 1_000)) * Math.log(Math.sqrt(grown + 1) / 0.05))
    expect(meanSequence(arm(1_000, 0.3), options)).toEqual({ low: expect.closeTo(0.3 - margin, 12), high: expect.closeTo(0.3 + margin, 12) })
  })

  it('leaves out zero exactly when its p-value is below alpha', () => {
    for (const second of [0.3, 0.33, 0.36, 0.37, 0.4, 0.5, 0.1]) {
      const { low, high, pValue } = differenceSequence(arm(400, 0.3), arm(600, second), options)!
      expect(low > 0 || high < 0).toBe(pValue < 0.05)
    }
    expect(differenceSequence(arm(500, 0.3), arm(500, 0.3), options)!.pValue).toBe(1)
  })

  it('misses in few of many sequences that are looked at after every value', () => {
    const random = createRandom(3)
    const missed = Array.from({ length: 300 }, () => {
      const sums = [0, 0, 0]
      for (let count = 1; count <= 600; count++) {
        const value = random.next() < 0.2 ? 0 : random.next()
        sums[1]! += value
        sums[2]! += value * value
        if (count < 60) continue
        const mean = sums[1]! / count
        const { low, high } = meanSequence({ count, mean, variance: (sums[2]! - count * mean * mean) / (count - 1) }, options)!
        if (low > 0.4 || high < 0.4) return true
      }
      return false
    }).filter(Boolean)
    expect(missed.length / 300).toBeLessThanOrEqual(0.05)
  })

  it('knows nothing of one value, and is sure of nothing when all were the same', () => {
    expect(meanSequence(arm(1, 0.3, 0), options)).toBeNull()
    expect(differenceSequence(arm(100, 0), arm(1, 0), options)).toBeNull()
    const { low, high } = differenceSequence(arm(50, 0, 0), arm(50, 0, 0), options)!
    expect(high).toBeGreaterThan(0.03)
    expect(low).toBe(-high)
  })

  it('says how many values it takes to be so narrow', () => {
    const [first, second] = [arm(50, 0.3), arm(50, 0.25)]
    const count = countForMargin(first, second, { ...options, margin: 0.05, most: 1_000_000 })
    const at = (size: number) => differenceSequence(arm(size / 2, 0.3, 0.0941), arm(size / 2, 0.25, 0.0941), options)!
    expect(at(count).high - at(count).difference).toBeCloseTo(0.05, 2)
    expect(countForMargin(first, second, { ...options, margin: 0, most: 5_000 })).toBe(5_000)
  })
})
