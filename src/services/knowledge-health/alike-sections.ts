import { setImmediate as breathe } from 'node:timers/promises'
import { dotProducts } from '../../lib/math/dot-products.ts'
import type { Section } from './sections.ts'

export interface AlikeSections {
  a: Section
  b: Section
  cosine: number
}

/** Passages less alike than this are about different things. */
export const alikeEnough = 0.4
export const neighboursPerSection = 30

const rowsAtOnce = 32
const columnsAtOnce = 2_048

/** For each of `some` the sections of other articles in its language that are most like it, compared with all. A block takes some milliseconds. */
export async function findAlikeSections(some: Section[], all: Section[], signal: AbortSignal): Promise<AlikeSections[]> {
  const size = all[0]?.vector.length ?? 0
  const right = matrixOf(all, size)
  const out = new Float32Array(rowsAtOnce * columnsAtOnce)
  const pairs: AlikeSections[] = []
  for (let row = 0; row < some.length; row += rowsAtOnce) {
    const rows = some.slice(row, row + rowsAtOnce)
    const left = matrixOf(rows, size)
    const nearest: AlikeSections[][] = rows.map(() => [])
    for (let column = 0; column < all.length; column += columnsAtOnce) {
      signal.throwIfAborted()
      const columns = Math.min(columnsAtOnce, all.length - column)
      dotProducts(left, rows.length, right.subarray(column * size, (column + columns) * size), columns, size, out)
      for (const [index, a] of rows.entries()) {
        for (let other = 0; other < columns; other++) {
          const cosine = out[index * columns + other]!
          if (cosine < alikeEnough) continue
          const b = all[column + other]!
          if (isComparable(a, b)) keepNearest(nearest[index]!, { a, b, cosine })
        }
      }
      await breathe()
    }
    pairs.push(...nearest.flat())
  }
  return pairs
}

export const isComparable = (a: Section, b: Section) => a.articleId !== b.articleId && languageOf(a) === languageOf(b)

const languageOf = ({ locale }: Section) => locale.split('-')[0]

function keepNearest(nearest: AlikeSections[], pair: AlikeSections): void {
  nearest.push(pair)
  if (nearest.length < 2 * neighboursPerSection) return
  nearest.sort((left, right) => right.cosine - left.cosine).splice(neighboursPerSection)
}

function matrixOf(sections: Section[], size: number): Float32Array {
  const matrix = new Float32Array(sections.length * size)
  for (const [index, { vector }] of sections.entries()) matrix.set(vector, index * size)
  return matrix
}
