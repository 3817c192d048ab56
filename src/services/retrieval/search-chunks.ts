import { type Embedder, EmbedderUnavailableError } from '../../engines/embedder.ts'
import { adaptQuery } from '../../engines/fit-retrieval.ts'
import type { Resources } from '../../resources.ts'
import type { Learned } from '../../stores/learned.ts'
import { type ChunkFilter, type ChunkHit, type VectorIndex, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { embedderOf } from '../knowledge/embedder-of.ts'
import { searchFullText } from './search-full-text.ts'

export type SearchMode = 'HYBRID' | 'VECTOR' | 'KEYWORD'
export type DegradedPart = 'EMBEDDER' | 'VECTOR_STORE' | 'RERANKER'

/** What one query found. */
export interface QueryHits {
  /** The query's vector, as a retraining has taught to turn it; null in a keyword search. */
  embedding: Float32Array | null
  vector: ChunkHit[]
  keyword: ChunkHit[]
}

export interface ChunkSearch {
  /** The mode that answered. */
  mode: SearchMode
  degradedParts: DegradedPart[]
  /** One entry a query, in their order. */
  results: QueryHits[]
}

interface Asked {
  queries: string[]
  limit: number
  filter: ChunkFilter
  signal: AbortSignal | undefined
}

export type SearchNeeds = Pick<Resources, 'database' | 'vectors' | 'generations' | 'embedder' | 'embedders' | 'learned'>

// An agent waits for this: keywords now are worth more than vectors later. A model that is still loading is worth a few seconds, once.
const embedTimeoutMs = 1_500
const loadTimeoutMs = 10_000

/** Searches by vector and by keyword, as far as the parts are there: without the embedder by keyword, without the vector store in PostgreSQL. */
export async function searchChunks(resources: SearchNeeds, { mode, ...asked }: Asked & { mode: SearchMode }): Promise<ChunkSearch> {
  const generation = await resources.generations.live()
  const index = resources.vectors.index(generation)
  const keywords = mode === 'VECTOR' ? null : searchKeywords(resources, { ...asked, index, generation: generation.number })
  // When the vectors fail first, nobody awaits this one; its failure is read below, by a second look at the same promise.
  keywords?.catch(() => {})
  const vectors = mode === 'KEYWORD' ? null : await searchVectors(embedderOf(resources, generation), index, { ...asked, learned: resources.learned })
  if (vectors && typeof vectors === 'object' && !keywords)
    return { mode, degradedParts: [], results: vectors.map((found) => ({ ...found, keyword: [] })) }
  const { hits, isDegraded } = await (keywords ?? searchKeywords(resources, { ...asked, index, generation: generation.number }))
  const degradedParts = new Set<DegradedPart>(isDegraded ? ['VECTOR_STORE'] : [])
  // The store can go away between the two searches: what it found is still good.
  if (vectors && typeof vectors === 'object')
    return { mode, degradedParts: [...degradedParts], results: vectors.map((found, position) => ({ ...found, keyword: hits[position]! })) }
  if (vectors) degradedParts.add(vectors)
  return { mode: 'KEYWORD', degradedParts: [...degradedParts], results: hits.map((keyword) => ({ embedding: null, vector: [], keyword })) }
}

/** What each query found, or the part that was away. */
async function searchVectors(
  embedder: Embedder | null,
  index: VectorIndex,
  { queries, limit, filter, signal, learned }: Asked & { learned: Learned },
): Promise<{ embedding: Float32Array; vector: ChunkHit[] }[] | DegradedPart> {
  if (!embedder) return 'EMBEDDER'
  const deadline = AbortSignal.timeout(embedder.state().status === 'ready' ? embedTimeoutMs : loadTimeoutMs)
  try {
    const { queryAdapter, embeddingModel } = learned.current()
    const adapter = embeddingModel === embedder.model ? queryAdapter : null
    const vectors = await embedder.embed(queries, { priority: 'query', signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    const embedded = vectors.map((vector) => adaptQuery(adapter, vector))
    return await Promise.all(embedded.map(async (embedding) => ({ embedding, vector: await index.vectorSearch(embedding, { limit, filter }) })))
  } catch (error) {
    if (error instanceof VectorStoreUnavailableError) return 'VECTOR_STORE'
    if (error instanceof EmbedderUnavailableError) return 'EMBEDDER'
    signal?.throwIfAborted()
    if (deadline.aborted) return 'EMBEDDER'
    throw error
  }
}

async function searchKeywords(
  { database }: SearchNeeds,
  { queries, limit, filter, index, generation }: Asked & { index: VectorIndex; generation: number },
): Promise<{ hits: ChunkHit[][]; isDegraded: boolean }> {
  try {
    return { hits: await Promise.all(queries.map((query) => index.keywordSearch(query, { limit, filter }))), isDegraded: false }
  } catch (error) {
    if (!(error instanceof VectorStoreUnavailableError)) throw error
    return { hits: await Promise.all(queries.map((query) => searchFullText(database, { query, limit, filter, generation }))), isDegraded: true }
  }
}
