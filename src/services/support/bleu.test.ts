import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { corpusBleu, sentenceBleu } from './bleu.ts'

const fixture = JSON.parse(readFileSync(new URL('../../../test/recordings/sacrebleu/fixture.json', import.meta.url), 'utf8')) as {
  corpus: number
  pairs: { hypothesis: string; reference: string; bleu: number }[]
}

it('agrees with sacrebleu on each of 200 pairs, and on all of them as one text', () => {
  expect(fixture.pairs).toHaveLength(200)
  const off = fixture.pairs.filter(({ hypothesis, reference, bleu }) => !(Math.abs(sentenceBleu(hypothesis, reference) - bleu) < 0.01))
  expect(off).toEqual([])
  expect(Math.abs(corpusBleu(fixture.pairs) - fixture.corpus)).toBeLessThan(0.01)
})

it('is quick on long texts', () => {
  const startedAt = performance.now()
  expect(sentenceBleu('word, '.repeat(4_000), 'other. '.repeat(4_000))).toBeGreaterThanOrEqual(0)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
