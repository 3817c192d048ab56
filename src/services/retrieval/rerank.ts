import { type Reranker, RerankerUnavailableError } from '../../engines/reranker.ts'
import type { RetrievedArticle } from './retrieve.ts'

const mostCandidates = 20
const timeoutMs = 1_500

/** Sorts the best candidates by how the cross-encoder reads query and passage together. Without it, or when it is too slow, they stay as they are. */
export async function rerank(
  reranker: Reranker | null,
  { query, hits, signal }: { query: string; hits: RetrievedArticle[]; signal: AbortSignal | undefined },
): Promise<{ hits: RetrievedArticle[]; isDegraded: boolean }> {
  if (!reranker || hits.length === 0) return { hits, isDegraded: false }
  const deadline = AbortSignal.timeout(timeoutMs)
  const best = hits.slice(0, mostCandidates)
  try {
    const passages = best.map(({ chunk }) => `${chunk.heading}\n${chunk.text}`)
    const scores = await reranker.score(query, passages, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    const scored = best.map((hit, index) => ({ ...hit, rerankScore: scores[index]! }))
    return { hits: [...scored.sort((a, b) => b.rerankScore - a.rerankScore), ...hits.slice(mostCandidates)], isDegraded: false }
  } catch (error) {
    signal?.throwIfAborted()
    if (!deadline.aborted && !(error instanceof RerankerUnavailableError)) throw error
    return { hits, isDegraded: true }
  }
}
