import { EmbedderUnavailableError } from '../../engines/embedder.ts'
import type { Resources } from '../../resources.ts'
import { type ChunkFilter, type ChunkHit, VectorStoreUnavailableError } from '../../stores/vectors.ts'
import { searchFullText } from './search-full-text.ts'

export type SearchMode = 'HYBRID' | 'VECTOR' | 'KEYWORD'
export type DegradedPart = 'EMBEDDER' | 'VECTOR_STORE'

export interface ChunkSearch {
  /** The mode that answered. */
  mode: SearchMode
  degradedParts: DegradedPart[]
  /** One entry a query, in their order. */
  results: { vector: ChunkHit[]; keyword: ChunkHit[] }[]
}

type Needed = Pick<Resources, 'database' | 'vectors' | 'embedder'>

// An agent waits for this: keywords now are worth more than vectors later. A model that is still loading is worth a few seconds, once.
const embedTimeoutMs = 1_500
const loadTimeoutMs = 10_000

/** Searches by vector and by keyword, as far as the parts are there: without the embedder by keyword, without the vector store in PostgreSQL. */
export async function searchChunks(
  resources: Needed,
  {
    queries,
    mode,
    limit,
    filter,
    signal,
  }: { queries: string[]; mode: SearchMode; limit: number; filter: ChunkFilter; signal: AbortSignal | undefined },
): Promise<ChunkSearch> {
  const keywords = searchKeywords(resources, { queries, limit, filter })
  // When the vectors fail first, nobody awaits this one; its failure is read below, by a second look at the same promise.
  keywords.catch(() => {})
  if (mode === 'KEYWORD') {
    const { hits, isDegraded } = await keywords
    return { mode, degradedParts: isDegraded ? ['VECTOR_STORE'] : [], results: hits.map((keyword) => ({ vector: [], keyword })) }
  }
  const vectors = await searchVectors(resources, { queries, limit, filter, signal })
  if (Array.isArray(vectors) && mode === 'VECTOR') return { mode, degradedParts: [], results: vectors.map((vector) => ({ vector, keyword: [] })) }
  const { hits, isDegraded } = await keywords
  // The store went away between the two searches: what it found is still good.
  if (Array.isArray(vectors))
    return { mode, degradedParts: isDegraded ? ['VECTOR_STORE'] : [], results: vectors.map((vector, index) => ({ vector, keyword: hits[index]! })) }
  const degradedParts = [...new Set([vectors, ...(isDegraded ? (['VECTOR_STORE'] as const) : [])])]
  return { mode: 'KEYWORD', degradedParts, results: hits.map((keyword) => ({ vector: [], keyword })) }
}

/** The hits of each query, or the part that was away. */
async function searchVectors(
  { vectors, embedder }: Needed,
  { queries, limit, filter, signal }: { queries: string[]; limit: number; filter: ChunkFilter; signal: AbortSignal | undefined },
): Promise<ChunkHit[][] | DegradedPart> {
  if (!embedder) return 'EMBEDDER'
  const deadline = AbortSignal.timeout(embedder.state().status === 'ready' ? embedTimeoutMs : loadTimeoutMs)
  try {
    const embedded = await embedder.embed(queries, { priority: 'query', signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    return await Promise.all(embedded.map((vector) => vectors.vectorSearch(vector, { limit, filter })))
  } catch (error) {
    if (error instanceof VectorStoreUnavailableError) return 'VECTOR_STORE'
    if (error instanceof EmbedderUnavailableError) return 'EMBEDDER'
    signal?.throwIfAborted()
    if (deadline.aborted) return 'EMBEDDER'
    throw error
  }
}

async function searchKeywords(
  { vectors, database }: Needed,
  { queries, limit, filter }: { queries: string[]; limit: number; filter: ChunkFilter },
): Promise<{ hits: ChunkHit[][]; isDegraded: boolean }> {
  try {
    return { hits: await Promise.all(queries.map((query) => vectors.keywordSearch(query, { limit, filter }))), isDegraded: false }
  } catch (error) {
    if (!(error instanceof VectorStoreUnavailableError)) throw error
    return { hits: await Promise.all(queries.map((query) => searchFullText(database, { query, limit, filter }))), isDegraded: true }
  }
}
