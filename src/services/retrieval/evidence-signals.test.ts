import { expect, test } from 'vitest'
import { evidenceSignals } from './evidence-signals.ts'

const found = (heading: string, text: string, similarity: number | null = null) => ({
  heading,
  text,
  similarity,
  sentenceSimilarity: similarity,
  articleSimilarity: similarity,
  score: similarity ?? 0.5,
})

test('covers a question whose words the best chunk has, whatever their form', () => {
  const signals = evidenceSignals(['How do I return a damaged tent?'], [found('Returns › Damage', 'Damaged tents can be returned.', 0.7)], 0.2)
  expect(signals.coverage).toBe(1)
  expect(signals.headingCoverage).toBeGreaterThan(0.5)
  expect(signals.similarity).toBe(0.7)
  expect(signals.lead).toBeCloseTo(0.5)
})

test('misses a rare word more than a common one', () => {
  const others = [found('Tents', 'Our tents and stoves'), found('Tents', 'More tents')]
  const withoutCommon = evidenceSignals(['zeppelin tents'], [found('Hangar', 'A zeppelin'), ...others], null).coverage
  const withoutRare = evidenceSignals(['zeppelin tents'], [found('Tents', 'Some tents'), ...others], null).coverage
  expect(withoutCommon).toBeGreaterThan(withoutRare)
})

test('says nothing of nothing', () => {
  const none = { similarity: 0, sentence: 0, article: 0, margin: 0, lead: 0, coverage: 0, headingCoverage: 0 }
  expect(evidenceSignals(['anything'], [], null)).toEqual(none)
  const wordless = { coverage: 0, headingCoverage: 0 }
  expect(evidenceSignals([], [found('a', 'b')], null)).toMatchObject(wordless)
  expect(evidenceSignals(['do you?'], [found('a', 'b')], null)).toMatchObject(wordless)
})
