import { expect, it } from 'vitest'
import { createRandom } from '../lib/math/random.ts'
import { adaptQuery, fitRetrieval, type RetrievalLessons } from './fit-retrieval.ts'

const dimensions = 24
const articleCount = 30

/** Articles in random directions, and questions that are near theirs, seen through `turn`; every question finds every article. */
function lessonsOf(count: number, turn: (vector: Float32Array) => Float32Array, noise: number): RetrievalLessons {
  const random = createRandom(11)
  const draw = () => unit(Float32Array.from({ length: dimensions }, () => random.next() - 0.5))
  const articles = Array.from({ length: articleCount }, draw)
  const right = Int32Array.from({ length: count }, () => Math.floor(random.next() * articleCount))
  const questions = Array.from(right, (article) => {
    const off = draw()
    return unit(turn(articles[article]!).map((value, index) => value + noise * off[index]!))
  })
  const all = flat(articles)
  return {
    dimensions,
    questions: flat(questions),
    groups: Int32Array.from({ length: count }, (_, index) => index),
    rightFrom: Int32Array.from({ length: count + 1 }, (_, index) => index),
    rightArticles: right,
    chunkArticle: Int32Array.from({ length: articleCount }, (_, index) => index),
    sections: all,
    articles: all,
    sentenceFrom: new Int32Array(articleCount + 1),
    sentences: new Float32Array(0),
    candidateFrom: Int32Array.from({ length: count + 1 }, (_, index) => index * articleCount),
    candidates: Int32Array.from({ length: count * articleCount }, (_, index) => index % articleCount),
    keywords: new Float32Array(count * articleCount),
    weights: Float32Array.from([1, 0.5, 1, 0.25]),
  }
}

it('learns a turn that all questions share, and keeps it', () => {
  // Each pair of neighbouring axes swapped in half of the space: far enough that questions miss their articles.
  const turn = (vector: Float32Array) => vector.map((value, index) => (index < dimensions / 2 ? vector[index ^ 1]! : value))
  const lessons = lessonsOf(400, turn, 0.6)
  const { queryAdapter, parts } = fitRetrieval(lessons)
  expect(parts[0]).toMatchObject({ part: 'QUERY_ADAPTER', isKept: true })
  const query = lessons.questions.subarray(0, dimensions)
  const [before, after] = [query, adaptQuery(queryAdapter, query)].map((vector) => rankOfRight(lessons, vector))
  expect(after).toBeLessThanOrEqual(before!)
})

it('keeps nothing where there is nothing to learn', () => {
  const { queryAdapter, weights, parts } = fitRetrieval(lessonsOf(120, (vector) => vector, 1.2))
  expect(queryAdapter).toBeNull()
  expect(weights).toBeNull()
  expect(parts.map(({ isKept }) => isKept)).toEqual([false, false, false])
  expect(parts[0]!.reason).toMatch(/Cross-validated on 120 questions.*95% interval/)
})

it('finds that words decide where they do', () => {
  const lessons = lessonsOf(200, (vector) => vector, 3)
  for (let index = 0; index < 200; index++) lessons.keywords[index * articleCount + lessons.rightArticles[index]!] = 1
  lessons.weights = Float32Array.from([1, 0.5, 1, 0.01])
  const { weights, parts } = fitRetrieval(lessons)
  expect(parts.find(({ part }) => part === 'SIGNAL_WEIGHTS')!.isKept).toBe(true)
  expect(weights![3]! / weights![0]!).toBeGreaterThan(0.02)
})

it('leaves a query alone that the adapter was not made for', () => {
  const query = Float32Array.from([1, 0, 0])
  expect(adaptQuery(new Float32Array(4), query)).toBe(query)
  expect(adaptQuery(null, query)).toBe(query)
})

function rankOfRight({ sections, rightArticles }: RetrievalLessons, query: Float32Array): number {
  const scores = Array.from({ length: articleCount }, (_, article) =>
    query.reduce((sum, value, at) => sum + value * sections[article * dimensions + at]!, 0),
  )
  return scores.filter((score) => score > scores[rightArticles[0]!]!).length
}
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
function flat(vectors: Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.length * dimensions)
  for (const [index, vector] of vectors.entries()) all.set(vector, index * dimensions)
  return all
}
