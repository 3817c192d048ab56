import jstat from 'jstat'

const { betaln } = jstat.jStat
/** How firmly deviations of some per cent are expected, as a number of things counted. With 100, six in ten instead of a half shows after some 500. */
const concentration = 100

/**
 * Whether so many of all fit a share that should be `expected`: a p-value that holds however often one looks. A mixture of likelihood ratios over a
 * beta distribution around the expected share (Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022).
 */
export function proportionPValue({ hits, count, expected }: { hits: number; count: number; expected: number }): number {
  const [a, b] = [concentration * expected, concentration * (1 - expected)]
  const misses = count - hits
  const evidence = betaln(a + hits, b + misses) - betaln(a, b) - hits * Math.log(expected) - misses * Math.log(1 - expected)
  return Math.min(1, Math.exp(-evidence))
}
