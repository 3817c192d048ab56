import type { Candidate, ChunkSignals } from './score-candidates.ts'

type Signal = 'article' | 'section' | 'sentence' | 'keyword'
export type SignalWeights = Record<Signal, number>

/**
 * How much each signal counts. Chosen by `npm run eval -- fusion` on the bases of eval/data/bases, which were written for it: nothing of
 * data/questions.jsonl was used. Leaving one base out at a time moves them little, and around them the figures are flat.
 */
export const signalWeights: SignalWeights = { article: 1, section: 0.5, sentence: 1, keyword: 0.25 }
const signals = Object.keys(signalWeights) as Signal[]
const rankConstant = 60

/**
 * The convex combination of what is there: cosines as they are, BM25 as a share of the highest. Scaling each list between its own last and
 * first would make noise as loud as a signal, as with titles that all say the same. (Bruch, Gai and Ingber, "An Analysis of Fusion Functions
 * for Hybrid Retrieval", 2023, find the same for scaling by theoretical bounds.) An article counts with the best of its chunks in each signal.
 */
export function fuseScores(candidates: Candidate[], queryWeights: number[], weights: SignalWeights = signalWeights): Map<string, number> {
  const total = queryWeights.reduce((sum, weight) => sum + weight, 0)
  const present = signals.filter((signal) => candidates.some((candidate) => candidate.signals.some((found) => isThere(found, signal))))
  const signalTotal = present.reduce((sum, signal) => sum + weights[signal], 0) || 1
  const fused = new Map<string, number>()
  for (const [key, chunks] of groups(candidates)) {
    let score = 0
    for (const [query, weight] of queryWeights.entries()) {
      for (const signal of present) {
        const best = Math.max(...chunks.map((chunk) => chunk.signals[query]![signal] ?? 0))
        score += (weight / total) * (weights[signal] / signalTotal) * best
      }
    }
    fused.set(key, Math.max(0, score))
  }
  return fused
}

/** Reciprocal rank fusion: by place alone, for signals whose size means nothing. First in every list is 1. */
export function fuseRanks(candidates: Candidate[], queryWeights: number[]): Map<string, number> {
  const lists: { weight: number; ranked: string[] }[] = []
  const grouped = groups(candidates)
  for (const [query, weight] of queryWeights.entries()) {
    for (const signal of signals) {
      const best = [...grouped].map(([key, chunks]) => [key, Math.max(...chunks.map((chunk) => chunk.signals[query]![signal] ?? 0))] as const)
      const ranked = best.filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      if (ranked.length > 0) lists.push({ weight: weight * signalWeights[signal], ranked: ranked.map(([key]) => key) })
    }
  }
  const total = lists.reduce((sum, { weight }) => sum + weight, 0)
  const fused = new Map<string, number>()
  for (const { weight, ranked } of lists) {
    for (const [place, key] of ranked.entries())
      fused.set(key, (fused.get(key) ?? 0) + (weight / total) * ((rankConstant + 1) / (rankConstant + place + 1)))
  }
  return fused
}

const isThere = (found: ChunkSignals, signal: Signal) => (signal === 'keyword' ? found.keywordScore !== null : found[signal] !== null)

function groups(candidates: Candidate[]): Map<string, Candidate[]> {
  const grouped = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const theirs = grouped.get(candidate.articleId)
    if (theirs) theirs.push(candidate)
    else grouped.set(candidate.articleId, [candidate])
  }
  return grouped
}

/** How well single chunks fit, to choose among those of one article. */
export function chunkScores(candidates: Candidate[], queryWeights: number[]): Map<string, number> {
  const alone = candidates.map((candidate) => ({ ...candidate, articleId: candidate.chunkId }))
  return fuseScores(alone, queryWeights)
}
