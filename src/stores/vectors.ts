import type { Audience, ChunkKind } from '../generated/prisma/client.ts'

/** One searchable chunk, as the index holds it. */
export interface IndexedChunk {
  id: string
  articleId: string
  articleVersion: number
  kind: ChunkKind
  /** Title, heading path and text: what the full-text index reads. */
  content: string
  category: string
  audience: Audience
  locale: string
  /** Null while it has not been embedded: only the keyword search finds it then. */
  vector: Float32Array | null
  /** The whole article and each sentence, to compare a candidate more finely; see fine-vectors.ts. */
  fineVectors: Uint8Array | null
}

export interface ChunkFilter {
  category?: string
  audience?: Audience
  locale?: string
}

export interface ChunkHit {
  id: string
  articleId: string
  kind: ChunkKind
  /** Cosine for a vector search, BM25 for a keyword search. Higher is better. */
  score: number
  vector: Float32Array | null
  fineVectors: Uint8Array | null
}

export interface SearchOptions {
  limit: number
  filter?: ChunkFilter
  /** Compare with every vector, whatever index there is. */
  isExact?: boolean
}

export type IndexState = { status: 'ready' | 'unavailable'; detail: string }

/** The vector and full-text index of one generation, over published chunks. Everything in it can be rebuilt from PostgreSQL. */
export interface VectorIndex {
  vectorSearch(vector: Float32Array, options: SearchOptions): Promise<ChunkHit[]>
  keywordSearch(query: string, options: SearchOptions): Promise<ChunkHit[]>
  /** Makes the index hold exactly these chunks of the articles; none removes them. */
  replaceArticles(articleIds: string[], chunks: IndexedChunk[]): Promise<void>
  /** Replaces everything, as after a loss. */
  rebuild(chunks: AsyncIterable<IndexedChunk[]>): Promise<void>
  /** articleId → the version that the index holds, for the check at start. */
  articleVersions(): Promise<Map<string, { version: number; chunks: number }>>
  optimize(): Promise<void>
  state(): IndexState
}

/** A generation's index, by its number; an index is opened when it is first used. */
export interface VectorStore {
  index(generation: { number: number; dimensions: number }): VectorIndex
  /** Deletes every index but these. */
  keepOnly(generations: number[]): Promise<void>
  close(): Promise<void>
}

export class VectorStoreUnavailableError extends Error {
  /** The place can be written, but the index in it is missing or damaged: waiting does not help, `rebuild` does. */
  readonly needsRebuild: boolean
  constructor(reason: string, { needsRebuild = false, cause }: { needsRebuild?: boolean; cause?: unknown } = {}) {
    super(reason, { cause })
    this.name = 'VectorStoreUnavailableError'
    this.needsRebuild = needsRebuild
  }
}
