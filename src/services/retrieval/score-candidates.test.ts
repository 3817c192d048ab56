import { expect, test } from 'vitest'
import { packVectors } from '../../lib/fine-vectors.ts'
import type { ChunkHit } from '../../stores/vectors.ts'
import { scoreCandidates } from './score-candidates.ts'

const east = Float32Array.of(1, 0)
const north = Float32Array.of(0, 1)
const hit = (id: string, score: number, rest: Partial<ChunkHit> = {}): ChunkHit => ({
  id,
  articleId: `article of ${id}`,
  kind: 'SECTION',
  score,
  vector: null,
  fineVectors: null,
  ...rest,
})

test('compares everything that any query found with every query', () => {
  const a = hit('a', 1, { vector: east, fineVectors: packVectors([north, north, east]) })
  const b = hit('b', 4, { vector: north, fineVectors: packVectors([east]) })
  const [first, second] = scoreCandidates([
    { embedding: east, vector: [a], keyword: [] },
    { embedding: north, vector: [], keyword: [b] },
  ])
  expect(first!.signals).toEqual([
    { article: 0, section: 1, sentence: 1, keyword: 0, keywordScore: null },
    { article: 1, section: 0, sentence: 1, keyword: 0, keywordScore: null },
  ])
  // Without a sentence of its own the chunk stands for it.
  expect(second!.signals).toEqual([
    { article: 1, section: 0, sentence: 0, keyword: 0, keywordScore: null },
    { article: 0, section: 1, sentence: 1, keyword: 1, keywordScore: 4 },
  ])
})

test('has no cosines without vectors, and takes BM25 as a share of the highest', () => {
  const found = scoreCandidates([{ embedding: null, vector: [], keyword: [hit('a', 8), hit('b', 2)] }])
  expect(found.map(({ signals }) => signals[0])).toEqual([
    { article: null, section: null, sentence: null, keyword: 1, keywordScore: 8 },
    { article: null, section: null, sentence: null, keyword: 0.25, keywordScore: 2 },
  ])
})
