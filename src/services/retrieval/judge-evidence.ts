import { type EvidenceSignals, evidenceSignals } from './evidence-signals.ts'
import type { Retrieval } from './retrieve.ts'

/** So many of the best articles are looked at. */
export const judgedArticles = 5

interface Model {
  bias: number
  weights: Partial<Record<keyof EvidenceSignals, number>>
  /** The lowest probability that counts as enough. */
  threshold: number
}

// Fitted by `node eval/evidence.ts` (150 answerable questions of data/questions.jsonl against the same
// questions with their articles left out, 25 of data/out-of-scope.jsonl and 150 of CLINC150). Cross-validated in 10 folds by question:
// AUROC 0.795 over all, 0.879 against out of scope, 0.892 against another domain, 0.685 against left-out articles, whose neighbours often do
// answer in part. The threshold keeps 80% of the answerable; of the others it lets through 28%, 21% and 67%.
const hybridModel: Model = { bias: -2.33, weights: { similarity: 3.2, lead: 2.23, coverage: 1.04, headingCoverage: 1.05 }, threshold: 0.37 }

// By words alone, as when the embedder is away: AUROC 0.714, 0.735, 0.764 and 0.661.
const keywordModel: Model = { bias: -0.89, weights: { coverage: 1.49, headingCoverage: 2.82 }, threshold: 0.35 }

export interface Judgement {
  /** What was found is enough to answer from. */
  sufficient: boolean
  /** The chance of that, 0 to 1. */
  confidence: number
  signals: EvidenceSignals
}

/** Is the answer in what was found? It cannot know, only judge from how well words and meaning match. */
export function judgeEvidence({ queries, retrieval }: { queries: string[]; retrieval: Retrieval }): Judgement {
  const found = retrieval.hits.slice(0, judgedArticles).map(({ chunk, similarity }) => ({ heading: chunk.heading, text: chunk.text, similarity }))
  const signals = evidenceSignals(queries, found, retrieval.backgroundSimilarity)
  const { bias, weights, threshold } = retrieval.mode === 'KEYWORD' ? keywordModel : hybridModel
  const sum = Object.entries(weights).reduce((total, [name, weight]) => total + weight * signals[name as keyof EvidenceSignals], bias)
  const confidence = found.length === 0 ? 0 : 1 / (1 + Math.exp(-sum))
  return { sufficient: confidence >= threshold, confidence, signals }
}
