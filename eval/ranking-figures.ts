import { seededRandom } from '../bench/statistics.ts'

export interface Figures {
  hit1: number
  hit3: number
  mrr: number
  /** 95% of the mean reciprocal rank, by bootstrap over the questions. */
  interval: [number, number]
}

const resamples = 2_000

/** `ranks`: the place of the first right article for each question, from 1; 0 when it is not among the first ten. */
export function rankingFigures(ranks: number[]): Figures {
  const share = (limit: number) => ranks.filter((rank) => rank > 0 && rank <= limit).length / ranks.length
  const reciprocal = ranks.map((rank) => (rank > 0 && rank <= 10 ? 1 / rank : 0))
  return { hit1: share(1), hit3: share(3), mrr: mean(reciprocal), interval: bootstrap(reciprocal) }
}

function bootstrap(values: number[]): [number, number] {
  const random = seededRandom(1)
  const means = Array.from({ length: resamples }, () => mean(values.map(() => values[Math.floor(random() * values.length)]!))).sort((a, b) => a - b)
  return [means[Math.floor(0.025 * resamples)]!, means[Math.floor(0.975 * resamples)]!]
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
