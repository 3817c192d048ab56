import { dot } from '../lib/math/dot-products.ts'
import type { ChunkFilter, ChunkHit, IndexedChunk } from './vectors.ts'

export type ResidentRow = Omit<IndexedChunk, 'content' | 'articleVersion'>

/**
 * The vectors of a small index in memory. LanceDB plans and reads each scan anew, which takes 4 to 6 ms for a thousand rows; the dot
 * products alone take less than one (`npm run bench -- vectors`).
 */
export class ResidentRows {
  #byArticle = new Map<string, ResidentRow[]>()
  #rows: ResidentRow[] | null = null
  #byId: Map<string, Pick<ResidentRow, 'vector' | 'fineVectors'>> | null = null

  constructor(rows: ResidentRow[]) {
    this.#add(rows)
  }

  get size(): number {
    return this.#all().length
  }

  replaceArticles(articleIds: string[], rows: ResidentRow[]): void {
    for (const articleId of articleIds) this.#byArticle.delete(articleId)
    this.#add(rows)
  }

  /** Nothing of a row that was written a moment ago by another process. */
  vectorsOf(id: string): Pick<ResidentRow, 'vector' | 'fineVectors'> | undefined {
    this.#byId ??= new Map(this.#all().map(({ id, vector, fineVectors }) => [id, { vector, fineVectors }]))
    return this.#byId.get(id)
  }

  /** Every row with a vector is compared. */
  search(query: Float32Array, { limit, filter = {} }: { limit: number; filter?: ChunkFilter }): ChunkHit[] {
    const { category, audience, locale } = filter
    const hits: { row: ResidentRow; score: number }[] = []
    for (const row of this.#all()) {
      if (row.vector === null) continue
      if (category !== undefined && row.category !== category) continue
      if (audience !== undefined && row.audience !== audience) continue
      if (locale !== undefined && row.locale !== locale) continue
      hits.push({ row, score: dot(query, 0, row.vector, 0, query.length) })
    }
    hits.sort((a, b) => b.score - a.score || (a.row.id < b.row.id ? -1 : 1))
    return hits
      .slice(0, limit)
      .map(({ row: { id, articleId, kind, vector, fineVectors }, score }) => ({ id, articleId, kind, score, vector, fineVectors }))
  }

  #add(rows: ResidentRow[]): void {
    for (const row of rows) {
      const theirs = this.#byArticle.get(row.articleId)
      if (theirs) theirs.push(row)
      else this.#byArticle.set(row.articleId, [row])
    }
    this.#rows = null
    this.#byId = null
  }

  #all(): ResidentRow[] {
    this.#rows ??= [...this.#byArticle.values()].flat()
    return this.#rows
  }
}
