import type { Audience } from '../generated/prisma/client.ts'

/** One searchable chunk, as the index holds it. */
export interface IndexedChunk {
  id: string
  articleId: string
  articleVersion: number
  /** Title, heading path and text: what the full-text index reads. */
  content: string
  category: string
  audience: Audience
  locale: string
  /** Null while it has not been embedded: only the keyword search finds it then. */
  vector: Float32Array | null
}

export interface ChunkFilter {
  category?: string
  audience?: Audience
  locale?: string
}

export interface ChunkHit {
  id: string
  articleId: string
  /** Cosine for a vector search, BM25 for a keyword search. Higher is better. */
  score: number
}

/** The vector and full-text index over published chunks. Everything in it can be rebuilt from PostgreSQL. */
export interface VectorStore {
  vectorSearch(vector: Float32Array, options: { limit: number; filter?: ChunkFilter }): Promise<ChunkHit[]>
  keywordSearch(query: string, options: { limit: number; filter?: ChunkFilter }): Promise<ChunkHit[]>
  /** Makes the index hold exactly these chunks of the article; none removes it. */
  replaceArticles(articleIds: string[], chunks: IndexedChunk[]): Promise<void>
  /** Replaces everything, as after a loss. */
  rebuild(chunks: AsyncIterable<IndexedChunk[]>): Promise<void>
  /** articleId → the version that the index holds, for the check at start. */
  articleVersions(): Promise<Map<string, { version: number; chunks: number }>>
  optimize(): Promise<void>
  state(): { status: 'ready' | 'unavailable'; detail: string }
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
