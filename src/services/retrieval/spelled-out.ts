import type { Spelling } from '../../engines/spelling.ts'

const correctedShare = 0.7

/**
 * Adds, after all queries, what was probably meant by those with typing errors. The originals are always searched too: they may be right.
 * `meant` is the first query without its errors.
 */
export function spelledOut(
  spelling: Spelling,
  { queries, weights, publicOnly = false }: { queries: string[]; weights?: number[]; publicOnly?: boolean },
): { queries: string[]; weights: number[]; meant: string } {
  const given = weights ?? equalHalves(queries.length)
  const originals: { query: string; weight: number }[] = []
  const corrections: { query: string; weight: number }[] = []
  for (const [index, query] of queries.entries()) {
    const corrected = spelling.correct(query, { publicOnly })
    const isSame = corrected === query
    originals.push({ query, weight: isSame ? given[index]! : given[index]! * (1 - correctedShare) })
    if (!isSame) corrections.push({ query: corrected, weight: given[index]! * correctedShare })
  }
  const all = [...originals, ...corrections]
  return { queries: all.map(({ query }) => query), weights: all.map(({ weight }) => weight), meant: spelling.correct(queries[0]!, { publicOnly }) }
}

const equalHalves = (count: number): number[] => Array.from({ length: count }, (_, index) => (index === 0 ? 1 : 1 / (count - 1)))
