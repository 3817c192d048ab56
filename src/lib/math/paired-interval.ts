import { createRandom } from './random.ts'

export interface PairedInterval {
  /** Mean of after less before. */
  difference: number
  low: number
  high: number
}

const resamples = 2_000
const seed = 97

/**
 * The mean difference of paired values with its 95% interval by the bootstrap (Efron 1979): the percentiles of means of resampled pairs. The same
 * for the same values. Of fewer than two pairs nothing is known: the interval is everything.
 */
export function pairedInterval(after: ArrayLike<number>, before: ArrayLike<number>): PairedInterval {
  const differences = Float64Array.from({ length: before.length }, (_, index) => after[index]! - before[index]!)
  const count = differences.length
  if (count < 2) return { difference: count === 0 ? 0 : differences[0]!, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const random = createRandom(seed)
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0
    for (let draw = 0; draw < count; draw++) sum += differences[Math.floor(random.next() * count)]!
    return sum / count
  }).sort()
  const difference = differences.reduce((sum, value) => sum + value, 0) / count
  return { difference, low: means[Math.floor(0.025 * resamples)]!, high: means[Math.ceil(0.975 * resamples) - 1]! }
}
