import { setImmediate as breathe } from 'node:timers/promises'
import { dot } from '../lib/math/dot-products.ts'
import { highest } from '../lib/math/highest.ts'
import { KeywordIndex } from '../lib/text/keyword-index.ts'
import type { ChunkFilter, ChunkHit, IndexedChunk, SearchOptions } from './vectors.ts'

export type ResidentRow = Omit<IndexedChunk, 'articleVersion'>

const rowsAtOnce = 200

/**
 * A small index in memory. LanceDB plans and reads each search anew, which takes 4 to 6 ms for a thousand rows, and another 3 for the words; here
 * both take less than one (`npm run bench -- vectors`).
 */
export class ResidentRows {
  readonly #rows = new Map<string, ResidentRow>()
  readonly #idsOf = new Map<string, string[]>()
  readonly #words = new KeywordIndex()
  #list: ResidentRow[] | null = null

  static async of(rows: ResidentRow[]): Promise<ResidentRows> {
    const resident = new ResidentRows()
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      resident.#add(rows.slice(start, start + rowsAtOnce))
      await breathe()
    }
    return resident
  }

  get size(): number {
    return this.#rows.size
  }

  replaceArticles(articleIds: string[], rows: ResidentRow[]): void {
    for (const articleId of articleIds) {
      for (const id of this.#idsOf.get(articleId) ?? []) {
        this.#rows.delete(id)
        this.#words.remove(id)
      }
      this.#idsOf.delete(articleId)
    }
    this.#add(rows)
  }

  /** Every row with a vector is compared. */
  vectorSearch(query: Float32Array, { limit, filter = {} }: SearchOptions): ChunkHit[] {
    this.#list ??= [...this.#rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const rows = this.#list
    const scores = rows.map((row) => (row.vector !== null && passes(row, filter) ? dot(query, 0, row.vector, 0, query.length) : Number.NaN))
    return highest(scores, limit).map((place) => hitOf(rows[place]!, scores[place]!))
  }

  keywordSearch(query: string, { limit, filter = {} }: SearchOptions): ChunkHit[] {
    const accepts = (id: string) => passes(this.#rows.get(id)!, filter)
    return this.#words.search(query, { limit, accepts }).map(({ id, score }) => hitOf(this.#rows.get(id)!, score))
  }

  #add(rows: ResidentRow[]): void {
    for (const row of rows) {
      this.#rows.set(row.id, row)
      this.#words.add(row.id, row.content)
      const ids = this.#idsOf.get(row.articleId)
      if (ids) ids.push(row.id)
      else this.#idsOf.set(row.articleId, [row.id])
    }
    this.#list = null
  }
}

function passes(row: ResidentRow, { category, audience, locale }: ChunkFilter): boolean {
  return (
    (category === undefined || row.category === category) &&
    (audience === undefined || row.audience === audience) &&
    (locale === undefined || row.locale === locale)
  )
}

const hitOf = ({ id, articleId, kind, vector, fineVectors }: ResidentRow, score: number): ChunkHit => ({
  id,
  articleId,
  kind,
  score,
  vector,
  fineVectors,
})
