import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { ChunkFilter, ChunkHit } from '../../stores/vectors.ts'
import { chunkScores, fuseRanks, fuseScores } from './fuse-signals.ts'
import { loadChunks, loadFirstSections, type StoredChunk } from './load-articles.ts'
import { rerank } from './rerank.ts'
import { type Candidate, type ChunkSignals, scoreCandidates } from './score-candidates.ts'
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

const candidates = 60
const chunksPerArticle = 3
const nearlyAsGood = 0.85
// The index may still hold an article that was deleted, unpublished or moved a moment ago.
const spare = 2

/** The articles that fit the queries best, one hit an article. It answers with what is there and says what was not. */
export async function retrieve(resources: RetrieveNeeds, request: RetrieveRequest): Promise<Retrieval> {
  const startedAt = performance.now()
  const { limit, mode = 'HYBRID', filter = {}, fusion = 'SCORES', signal } = request
  const { queries, weights } = spelledOut(resources.spelling, request)
  const search = await searchChunks(resources, { queries, mode, limit: Math.max(candidates, limit * 2), filter, signal })
  const scored = scoreCandidates(search.results)
  const fused = (fusion === 'RANKS' ? fuseRanks : fuseScores)(scored, weights)
  const found = await load(resources, { scored, fused, weights, limit: resources.reranker ? Math.max(limit, candidatesToRerank) : limit, filter })
  const ranked = await rerank(resources.reranker, { query: queries.at(request.queries.length === queries.length ? 0 : 1)!, hits: found, signal })
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

const candidatesToRerank = 20

const middleOf = (hits: ChunkHit[]): number | null => hits[Math.floor(hits.length / 2)]?.score ?? null

async function load(
  { database, generations }: RetrieveNeeds,
  {
    scored,
    fused,
    weights,
    limit,
    filter,
  }: { scored: Candidate[]; fused: Map<string, number>; weights: number[]; limit: number; filter: ChunkFilter },
): Promise<RetrievedArticle[]> {
  const best = [...fused].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit + spare)
  const wanted = new Map(best.map(([articleId, score]) => [articleId, { score, chunks: bestFirst(scored, articleId, weights) }]))
  const shown = new Map([...wanted].map(([articleId, { chunks }]) => [articleId, goodSections(chunks)]))
  const loaded = await loadChunks(database, {
    chunkIds: [...wanted.values()]
      .flatMap(({ chunks }) => chunks.slice(0, chunksPerArticle).map(({ chunkId }) => chunkId))
      .concat([...shown.values()].flat()),
    filter,
  })
  const byPhrasingOnly = [...shown].filter(
    ([articleId, ids]) => ids.length === 0 && wanted.get(articleId)!.chunks.some(({ chunkId }) => loaded.has(chunkId)),
  )
  const first =
    byPhrasingOnly.length === 0
      ? null
      : await loadFirstSections(database, { articleIds: byPhrasingOnly.map(([id]) => id), generation: (await generations.live()).number })
  return [...wanted].flatMap(([articleId, { score, chunks }]): RetrievedArticle[] => {
    const row = chunks.map(({ chunkId }) => loaded.get(chunkId)).find(Boolean)
    const sections = shown.get(articleId)!.flatMap((id) => loaded.get(id)?.chunk ?? [])
    const chunk = sections[0] ?? first?.get(articleId)
    if (!row || !chunk) return []
    const [closest] = chunks
    const phrasing = closest!.kind === 'PHRASING' ? (loaded.get(closest!.chunkId)?.chunk.text ?? null) : null
    return [
      {
        articleId,
        article: row.article,
        chunk,
        chunks: sections.length > 0 ? sections : [chunk],
        score,
        ...highest(chunks),
        phrasing,
        rerankScore: null,
      },
    ]
  })
}

function bestFirst(scored: Candidate[], articleId: string, weights: number[]): (Candidate & { score: number })[] {
  const theirs = scored.filter((candidate) => candidate.articleId === articleId)
  const scores = chunkScores(theirs, weights)
  return theirs
    .map((candidate) => ({ ...candidate, score: scores.get(candidate.chunkId)! }))
    .sort((a, b) => b.score - a.score || (a.chunkId < b.chunkId ? -1 : 1))
}

function goodSections(chunks: (Candidate & { score: number })[]): string[] {
  const sections = chunks.filter(({ kind }) => kind === 'SECTION')
  return sections
    .slice(0, chunksPerArticle)
    .filter(({ score }) => score >= nearlyAsGood * sections[0]!.score)
    .map(({ chunkId }) => chunkId)
}

/** Of the best chunk, over all queries. */
function highest(chunks: Candidate[]): Pick<RetrievedArticle, 'similarity' | 'sentenceSimilarity' | 'articleSimilarity' | 'keywordScore'> {
  const of = (name: 'section' | 'sentence' | 'article' | 'keywordScore', among: Candidate[]) => {
    const values = among.flatMap(({ signals }) => signals.flatMap((found: ChunkSignals) => found[name] ?? []))
    return values.length === 0 ? null : Math.max(...values)
  }
  const best = chunks.slice(0, 1)
  return {
    similarity: of('section', best),
    sentenceSimilarity: of('sentence', best),
    articleSimilarity: of('article', best),
    keywordScore: of('keywordScore', best),
  }
}
