/** What a sample of independent values is reduced to. */
export interface Sample {
  count: number
  mean: number
  /** With count - 1 below the line. */
  variance: number
}

export interface SequenceOptions {
  /** The chance that the interval ever misses, over all looks together. */
  alpha: number
  /** So many values in all at which the interval is to be as narrow as it can be. It holds at any other number too. */
  planned: number
}

export interface Interval {
  low: number
  high: number
}

export interface Comparison extends Interval {
  /** The mean of the second sample less that of the first. */
  difference: number
  /** The smallest alpha at which the interval leaves out zero. */
  pValue: number
}

/**
 * Asymptotic confidence sequences by Robbins' normal mixture (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 2024): intervals that hold however often they are looked at, and at whatever moment one stops.
 * Nothing is known, null, of fewer than two values.
 */
export function meanSequence(sample: Sample, { alpha, planned }: SequenceOptions): Interval | null {
  if (sample.count < 2) return null
  const margin = marginOf(squaredError(sample), { count: sample.count, alpha, scale: mixtureScale(planned, alpha) })
  return { low: sample.mean - margin, high: sample.mean + margin }
}

/** Of the difference of the means of two samples that grow side by side, each value drawn into one of them by lot. */
export function differenceSequence(first: Sample, second: Sample, { alpha, planned }: SequenceOptions): Comparison | null {
  if (first.count < 2 || second.count < 2) return null
  const count = first.count + second.count
  const squared = squaredError(first) + squaredError(second)
  const scale = mixtureScale(planned, alpha)
  const difference = second.mean - first.mean
  const margin = marginOf(squared, { count, alpha, scale })
  const evidence = (((difference * difference) / squared) * count * scale) / (2 * (count * scale + 1))
  return {
    difference,
    low: difference - margin,
    high: difference + margin,
    pValue: Math.min(1, Math.sqrt(count * scale + 1) * Math.exp(-evidence)),
  }
}

/** How many values in all, in the same proportion, until the interval reaches no further than `margin` to either side; `most` when it takes more. */
export function countForMargin(
  first: Sample,
  second: Sample,
  { alpha, planned, margin, most }: SequenceOptions & { margin: number; most: number },
): number {
  const count = first.count + second.count
  const perValue = (squaredError(first) + squaredError(second)) * count
  const scale = mixtureScale(planned, alpha)
  const isEnough = (size: number) => marginOf(perValue / size, { count: size, alpha, scale }) <= margin
  let [low, high] = [2, most]
  if (!isEnough(high)) return most
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The variance of the mixing distribution, rho squared in the paper, that makes the interval narrowest at `planned` values. */
function mixtureScale(planned: number, alpha: number): number {
  const spent = -2 * Math.log(alpha)
  return (spent + Math.log(spent + 1)) / planned
}

function marginOf(squared: number, { count, alpha, scale }: { count: number; alpha: number; scale: number }): number {
  const grown = count * scale
  return Math.sqrt(((squared * 2 * (grown + 1)) / grown) * Math.log(Math.sqrt(grown + 1) / alpha))
}

/**
 * Of the mean, as if there had been one more value half a unit away from it: values that were all the same so far, such as fifty escalations that did
 * not happen, do not prove that none ever will.
 */
function squaredError({ count, variance }: Sample): number {
  return ((count - 1) * variance + 0.25) / count / count
}
