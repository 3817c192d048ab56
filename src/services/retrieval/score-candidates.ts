import { packedCosines } from '../../lib/fine-vectors.ts'
import { dot } from '../../lib/math/dot-products.ts'
import type { ChunkHit } from '../../stores/vectors.ts'
import type { QueryHits } from './search-chunks.ts'

/** How one chunk fits one query. Cosines from -1 to 1; null where it has no vector, or the search had none. */
export interface ChunkSignals {
  /** The whole article to which it belongs. */
  article: number | null
  /** The chunk. */
  section: number | null
  /** Its best sentence. */
  sentence: number | null
  /** BM25 as a share of the best one's; 0 when no word matches. */
  keyword: number
  /** BM25 as it is, or PostgreSQL's rank; null when no word matches. */
  keywordScore: number | null
}

export interface Candidate {
  chunkId: string
  articleId: string
  kind: ChunkHit['kind']
  /** One entry a query. */
  signals: ChunkSignals[]
}

/** Everything that any query found by vector or by keyword, each compared with every query. */
export function scoreCandidates(results: QueryHits[]): Candidate[] {
  const found = new Map<string, ChunkHit>()
  for (const { vector, keyword } of results) {
    for (const hit of [...vector, ...keyword]) {
      const known = found.get(hit.id)
      // PostgreSQL's hits come without vectors.
      if (!known || (known.vector === null && hit.vector !== null)) found.set(hit.id, hit)
    }
  }
  const keywords = results.map(({ keyword }) => new Map(keyword.map(({ id, score }) => [id, score])))
  const highest = results.map(({ keyword }) => Math.max(0, ...keyword.map(({ score }) => score)))
  return Array.from(found.values(), ({ id, articleId, kind, vector, fineVectors }) => ({
    chunkId: id,
    articleId,
    kind,
    signals: results.map(({ embedding }, query): ChunkSignals => {
      const keywordScore = keywords[query]!.get(id) ?? null
      return {
        ...cosines(embedding, vector, fineVectors),
        keyword: keywordScore === null || highest[query] === 0 ? 0 : keywordScore / highest[query]!,
        keywordScore,
      }
    }),
  }))
}

function cosines(query: Float32Array | null, vector: Float32Array | null, fineVectors: Uint8Array | null) {
  if (!query || !vector) return { article: null, section: null, sentence: null }
  const section = dot(query, 0, vector, 0, query.length)
  // A chunk of a picture or a number has no sentence; an index from before has no fine vectors at all.
  const [article = section, ...sentences] = fineVectors ? packedCosines(query, fineVectors) : []
  return { article, section, sentence: sentences.length === 0 ? section : Math.max(...sentences) }
}
