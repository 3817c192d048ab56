export interface ScoredList {
  weight: number
  /** Best first. */
  hits: { id: string; score: number }[]
}

/**
 * Convex combination: each list's scores scaled to 0–1 between its last and its first, then added by weight. What a list does not hold gets
 * nothing from it. The weights are those of the lists that found something, so that the best possible score stays 1.
 */
export function fuseScores(lists: ScoredList[]): Map<string, number> {
  const filled = lists.filter(({ hits }) => hits.length > 0)
  const total = filled.reduce((sum, { weight }) => sum + weight, 0)
  const fused = new Map<string, number>()
  for (const { weight, hits } of filled) {
    const highest = hits[0]!.score
    const lowest = hits.at(-1)!.score
    // Nothing lies between equal scores: all of them are the best there is.
    const scale = (score: number) => (highest === lowest ? 1 : (score - lowest) / (highest - lowest))
    for (const { id, score } of hits) fused.set(id, (fused.get(id) ?? 0) + (weight / total) * scale(score))
  }
  return fused
}

/** Reciprocal rank fusion, for lists whose scores mean nothing. Scaled so that first place in every list is 1. */
export function fuseRanks(lists: ScoredList[], constant = 60): Map<string, number> {
  const filled = lists.filter(({ hits }) => hits.length > 0)
  const total = filled.reduce((sum, { weight }) => sum + weight, 0)
  const fused = new Map<string, number>()
  for (const { weight, hits } of filled) {
    for (const [index, { id }] of hits.entries()) fused.set(id, (fused.get(id) ?? 0) + (weight / total) * ((constant + 1) / (constant + index + 1)))
  }
  return fused
}
