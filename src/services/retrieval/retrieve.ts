import type { Article } from '../../generated/prisma/client.ts'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import type { Resources } from '../../resources.ts'
import type { ChunkFilter, ChunkHit } from '../../stores/vectors.ts'
import { fuseRanks, fuseScores } from './fuse-signals.ts'
import type { StoredChunk } from './load-articles.ts'
import { loadHits } from './load-hits.ts'
import { rerank } from './rerank.ts'
import { scoreCandidates } from './score-candidates.ts'
import { type DegradedPart, type SearchMode, type SearchNeeds, searchChunks } from './search-chunks.ts'
import { spelledOut } from './spelled-out.ts'

export interface Retrieval {
  /** The mode that answered. */
  mode: SearchMode
  /** A part was away, and the rest answered. */
  degraded: boolean
  degradedParts: DegradedPart[]
  /** What was searched for: what was asked, and the same without its typing errors. */
  queries: string[]
  tookMs: number
  /** Middle cosine of all candidates: how alike everything is to the query. Null without vectors. */
  backgroundSimilarity: number | null
  hits: RetrievedArticle[]
}

/** An article with what it was found by. */
export interface RetrievedArticle {
  articleId: string
  article: Article
  /** Its best chunk. */
  chunk: StoredChunk
  /** The best chunk and up to two more of the article that are nearly as good, best first. */
  chunks: StoredChunk[]
  /** 0 to 1, within this search only. */
  score: number
  /** Cosine of the best chunk to the query; null when it was not compared by vector. */
  similarity: number | null
  /** Cosine of its best sentence, and of the article as a whole. */
  sentenceSimilarity: number | null
  articleSimilarity: number | null
  /** BM25 of the best chunk, or PostgreSQL's rank when the vector store is away; null when no word matches. */
  keywordScore: number | null
  /** The learned phrasing that is closest to the query, when that is closer than any section. */
  phrasing: string | null
  /** 0 to 1 by the cross-encoder; null without one. */
  rerankScore: number | null
}

export type RetrieveNeeds = SearchNeeds & Pick<Resources, 'metrics' | 'spelling' | 'reranker'>

export interface RetrieveRequest {
  /** The first is what was asked; the others say it in other words or with more context. */
  queries: string[]
  /** How much each query counts. Unless given, the first counts as much as all others together. */
  weights?: number[]
  limit: number
  mode?: SearchMode
  filter?: ChunkFilter
  fusion?: 'SCORES' | 'RANKS'
  signal?: AbortSignal
}

const mostCandidates = 60
const mostToRerank = 20

/** The articles that fit the queries best, one hit an article. It answers with what is there and says what was not. */
export async function retrieve(resources: RetrieveNeeds, request: RetrieveRequest): Promise<Retrieval> {
  const startedAt = performance.now()
  const { limit, mode = 'HYBRID', filter = {}, fusion = 'SCORES', signal } = request
  // Articles hold no character that nobody sees, so a word that has one inside would be no word of theirs.
  const visible = request.queries.map(stripInvisible)
  const { queries, weights, meant } = spelledOut(resources.spelling, { ...request, queries: visible, publicOnly: filter.audience === 'PUBLIC' })
  const search = await searchChunks(resources, { queries, mode, limit: Math.max(mostCandidates, limit * 2), filter, signal })
  const candidates = scoreCandidates(search.results)
  const { signalWeights: learnedWeights } = resources.learned.current()
  const fused = fusion === 'RANKS' ? fuseRanks(candidates, weights) : fuseScores(candidates, weights, learnedWeights ?? undefined)
  const found = await loadHits(resources, { candidates, fused, weights, limit: resources.reranker ? Math.max(limit, mostToRerank) : limit, filter })
  const ranked = await rerank(resources.reranker, { query: meant, hits: found, signal })
  const degradedParts = [...search.degradedParts, ...(ranked.isDegraded ? (['RERANKER'] as const) : [])]
  const tookMs = performance.now() - startedAt
  resources.metrics.retrievals.observe({ degraded: String(degradedParts.length > 0) }, tookMs / 1000)
  for (const part of degradedParts) resources.metrics.degradedRetrievals.inc({ part })
  return {
    mode: search.mode,
    degraded: degradedParts.length > 0,
    degradedParts,
    queries,
    tookMs,
    backgroundSimilarity: middleOf(search.results[0]?.vector ?? []),
    hits: ranked.hits.slice(0, limit),
  }
}

const middleOf = (hits: ChunkHit[]): number | null => hits[Math.floor(hits.length / 2)]?.score ?? null
