import type { Article, Chunk } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { ChunkFilter, ChunkHit } from '../../stores/vectors.ts'
import { fuseRanks, fuseScores, type ScoredList } from './fuse-scores.ts'
import { type ChunkSearch, type DegradedPart, type SearchMode, searchChunks } from './search-chunks.ts'

export interface Retrieval {
  /** The mode that answered. */
  mode: SearchMode
  /** A part was away, and the rest answered. */
  degraded: boolean
  degradedParts: DegradedPart[]
  tookMs: number
  /** Middle cosine of all candidates: how alike everything is to the query. Null without vectors. */
  backgroundSimilarity: number | null
  hits: RetrievedArticle[]
}

export type StoredChunk = Omit<Chunk, 'embedding'>

/** An article with what it was found by. */
export interface RetrievedArticle {
  articleId: string
  article: Article
  /** Its best chunk. */
  chunkId: string
  chunk: StoredChunk
  /** The best chunk and up to two more of the article that are nearly as good, best first. */
  chunkIds: string[]
  chunks: StoredChunk[]
  /** 0 to 1, within this search only. */
  score: number
  /** Cosine of the best chunk to the query; null when it was not found by vector. */
  similarity: number | null
  /** BM25 of the best chunk, or PostgreSQL's rank when the vector store is away; null when it was not found by keyword. */
  keywordScore: number | null
  rerankScore: null
}

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

const vectorWeight = 0.8
const candidates = 60
const chunksPerArticle = 3
const nearlyAsGood = 0.6

/** The articles that fit the queries best, one hit an article. It answers with what is there and says what was not. */
export async function retrieve(
  resources: Pick<Resources, 'database' | 'vectors' | 'embedder' | 'metrics'>,
  { queries, weights, limit, mode = 'HYBRID', filter = {}, fusion = 'SCORES', signal }: RetrieveRequest,
): Promise<Retrieval> {
  const startedAt = performance.now()
  const search = await searchChunks(resources, { queries, mode, limit: Math.max(candidates, limit * 2), filter, signal })
  const fused = (fusion === 'RANKS' ? fuseRanks : fuseScores)(listsOf(search, weights ?? equalHalves(queries.length)))
  const hits = await loadHits(resources, { search, fused, limit, filter })
  const tookMs = performance.now() - startedAt
  const degraded = search.degradedParts.length > 0
  resources.metrics.retrievals.observe({ degraded: String(degraded) }, tookMs / 1000)
  return {
    mode: search.mode,
    degraded,
    degradedParts: search.degradedParts,
    tookMs,
    backgroundSimilarity: middleOf(search.results[0]?.vector ?? []),
    hits,
  }
}

function listsOf({ results }: ChunkSearch, weights: number[]): ScoredList[] {
  return results.flatMap(({ vector, keyword }, index) => [
    { weight: weights[index]! * vectorWeight, hits: vector },
    { weight: weights[index]! * (1 - vectorWeight), hits: keyword },
  ])
}

const middleOf = (hits: ChunkHit[]): number | null => hits[Math.floor(hits.length / 2)]?.score ?? null

const equalHalves = (count: number): number[] => Array.from({ length: count }, (_, index) => (index === 0 ? 1 : 1 / (count - 1)))

async function loadHits(
  { database }: Pick<Resources, 'database'>,
  { search, fused, limit, filter }: { search: ChunkSearch; fused: Map<string, number>; limit: number; filter: ChunkFilter },
): Promise<RetrievedArticle[]> {
  const articleOf = new Map(search.results.flatMap(({ vector, keyword }) => [...vector, ...keyword]).map(({ id, articleId }) => [id, articleId]))
  const best = new Map<string, string[]>()
  for (const [chunkId] of [...fused].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const articleId = articleOf.get(chunkId)!
    const chunkIds = best.get(articleId)
    if (!chunkIds) best.set(articleId, [chunkId])
    else if (chunkIds.length < chunksPerArticle && fused.get(chunkId)! >= nearlyAsGood * fused.get(chunkIds[0]!)!) chunkIds.push(chunkId)
  }
  // A few more than asked for: the index may still hold an article that was deleted, unpublished or moved a moment ago.
  const wanted = [...best].slice(0, limit + 5)
  const rows = await database.chunk.findMany({
    where: { id: { in: wanted.flatMap(([, chunkIds]) => chunkIds) } },
    omit: { embedding: true },
    include: { article: true },
  })
  const byId = new Map(rows.filter(({ article }) => isVisible(article, filter)).map((row) => [row.id, row]))
  return wanted
    .flatMap(([articleId, chunkIds]): RetrievedArticle[] => {
      const chunks = chunkIds.flatMap((id) => byId.get(id) ?? [])
      const [chunk] = chunks
      if (!chunk) return []
      const { article } = chunk
      return [
        {
          articleId,
          article,
          chunkId: chunk.id,
          chunk,
          chunkIds: chunks.map(({ id }) => id),
          chunks,
          score: fused.get(chunk.id)!,
          ...bestScores(search, chunk.id),
          rerankScore: null,
        },
      ]
    })
    .slice(0, limit)
}

// The index is a copy that may lag; who may see an article is decided by the article itself.
function isVisible({ status, category, audience, locale }: Article, filter: ChunkFilter): boolean {
  return (
    status === 'PUBLISHED' &&
    (filter.category === undefined || filter.category === category) &&
    (filter.audience === undefined || filter.audience === audience) &&
    (filter.locale === undefined || filter.locale === locale)
  )
}

function bestScores({ results }: ChunkSearch, chunkId: string): { similarity: number | null; keywordScore: number | null } {
  const highest = (kind: 'vector' | 'keyword') => {
    const scores = results.flatMap((result) => result[kind].filter(({ id }) => id === chunkId).map(({ score }) => score))
    return scores.length === 0 ? null : Math.max(...scores)
  }
  return { similarity: highest('vector'), keywordScore: highest('keyword') }
}
