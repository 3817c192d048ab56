import { expect, test } from 'vitest'
import { chunkScores, fuseRanks, fuseScores, signalWeights } from './fuse-signals.ts'
import type { Candidate, ChunkSignals } from './score-candidates.ts'

const candidate = (articleId: string, chunkId: string, ...signals: Partial<ChunkSignals>[]): Candidate => ({
  articleId,
  chunkId,
  kind: 'SECTION',
  signals: signals.map((some) => ({ article: 0, section: 0, sentence: 0, keyword: 0, keywordScore: null, ...some })),
})

test('adds the best of an article in each signal by weight', () => {
  const fused = fuseScores(
    [
      candidate('a', 'a1', { article: 0.5, section: 0.8 }),
      candidate('a', 'a2', { article: 0.5, sentence: 0.6 }),
      candidate('b', 'b1', { keyword: 1, keywordScore: 7 }),
    ],
    [1],
  )
  const { article, section, sentence, keyword } = signalWeights
  const total = article + section + sentence + keyword
  expect(fused.get('a')).toBeCloseTo((article * 0.5 + section * 0.8 + sentence * 0.6) / total)
  expect(fused.get('b')).toBeCloseTo(keyword / total)
})

test('what no candidate has takes nothing away', () => {
  const none = { article: null, section: null, sentence: null }
  const byWords = [candidate('a', 'a1', { ...none, keyword: 1, keywordScore: 3 }), candidate('b', 'b1', { ...none, keyword: 0.5, keywordScore: 1.5 })]
  expect(Object.fromEntries(fuseScores(byWords, [1]))).toEqual({ a: 1, b: 0.5 })
  const byMeaning = [candidate('a', 'a1', { article: 1, section: 1, sentence: 1 })]
  expect(fuseScores(byMeaning, [1]).get('a')).toBeCloseTo(1)
})

test('weighs the queries, and never goes below 0', () => {
  const candidates = [candidate('a', 'a1', { section: 0.8 }, { section: 0.1 }), candidate('b', 'b1', { section: -0.5, article: -0.5 }, {})]
  const [first, second] = [
    [1, 0],
    [0, 1],
  ].map((weights) => fuseScores(candidates, weights).get('a')!)
  expect(fuseScores(candidates, [3, 1]).get('a')).toBeCloseTo((3 * first! + second!) / 4)
  expect(fuseScores(candidates, [1, 1]).get('b')).toBe(0)
})

test('by ranks the first in every list is 1, and noise in one signal moves little', () => {
  const candidates = [
    candidate('a', 'a1', { article: 0.9, section: 0.9, sentence: 0.9, keyword: 1, keywordScore: 5 }),
    candidate('b', 'b1', { article: 0.8 }),
  ]
  const fused = fuseRanks(candidates, [1])
  expect(fused.get('a')).toBeCloseTo(1)
  expect(fused.get('b')).toBeCloseTo((signalWeights.article / 2.75) * (61 / 62))
})

test('tells the chunks of one article apart', () => {
  const scores = chunkScores([candidate('a', 'a1', { section: 0.2 }), candidate('a', 'a2', { section: 0.9 })], [1])
  expect(scores.get('a2')).toBeGreaterThan(scores.get('a1')!)
})
