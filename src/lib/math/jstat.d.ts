declare module 'jstat' {
  interface Distribution<Parameters extends number[]> {
    cdf(value: number, ...parameters: Parameters): number
    inv(share: number, ...parameters: Parameters): number
  }
  export const jStat: {
    /** Natural logarithm of the beta function. */
    betaln(a: number, b: number): number
    normal: Distribution<[mean: number, deviation: number]>
    studentt: Distribution<[degreesOfFreedom: number]>
    chisquare: Distribution<[degreesOfFreedom: number]>
    beta: Distribution<[a: number, b: number]>
  }
  const library: { jStat: typeof jStat }
  export default library
}
