import { expect, test } from 'vitest'
import { fuseRanks, fuseScores } from './fuse-scores.ts'

const hits = (scores: Record<string, number>) => Object.entries(scores).map(([id, score]) => ({ id, score }))

test('scales each list to 0–1 and adds them by weight', () => {
  const fused = fuseScores([
    { weight: 0.7, hits: hits({ a: 0.9, b: 0.5, c: 0.1 }) },
    { weight: 0.3, hits: hits({ b: 12, a: 2 }) },
  ])
  expect(fused.get('a')).toBeCloseTo(0.7)
  expect(fused.get('b')).toBeCloseTo(0.35 + 0.3)
  expect(fused.get('c')).toBe(0)
})

test('stays between 0 and 1 when a list found nothing', () => {
  expect(
    fuseScores([
      { weight: 0.7, hits: [] },
      { weight: 0.3, hits: hits({ a: 3, b: 1 }) },
    ]),
  ).toEqual(
    new Map([
      ['a', 1],
      ['b', 0],
    ]),
  )
  expect(fuseScores([]).size).toBe(0)
})

test('takes equal scores as equally good', () => {
  expect(fuseScores([{ weight: 1, hits: hits({ a: 2, b: 2 }) }])).toEqual(
    new Map([
      ['a', 1],
      ['b', 1],
    ]),
  )
})

test('fuses by rank alone', () => {
  const fused = fuseRanks([
    { weight: 1, hits: hits({ a: 100, b: 99 }) },
    { weight: 1, hits: hits({ a: 0.1, c: 0.01 }) },
  ])
  expect(fused.get('a')).toBe(1)
  expect(fused.get('b')).toBeCloseTo(fused.get('c')!)
})
