import { expect, it } from 'vitest'
import { decide } from './training-readiness.ts'

const of = (examples: number, change: Partial<Parameters<typeof decide>[0]> = {}) =>
  decide({ examples, articles: 100, observed: 90, knowledgeChangesPerMonth: 10, ...change })

it.each([
  [0, 'RAG_WITH_FEW_SHOT', 100],
  [99, 'RAG_WITH_FEW_SHOT', 1],
  [100, 'RAG_WITH_CUSTOM_MODEL', 901],
  [1_000, 'RAG_WITH_CUSTOM_MODEL', 1],
  [1_001, 'RAG_WITH_FINE_TUNING', 0],
])('with %i examples recommends %s', (examples, approach, missingForNext) => {
  expect(of(examples)).toMatchObject({ approach, missingForNext, reason: expect.stringContaining(`${examples} approved`) })
})

it('considers full fine-tuning only where the knowledge was seen to change rarely', () => {
  expect(of(5_000, { knowledgeChangesPerMonth: 1 }).approach).toBe('FULL_FINE_TUNING')
  expect(of(5_000, { knowledgeChangesPerMonth: 2 }).approach).toBe('RAG_WITH_FINE_TUNING')
  expect(of(5_000, { knowledgeChangesPerMonth: 0, observed: 10 })).toMatchObject({
    approach: 'RAG_WITH_FINE_TUNING',
    reason: expect.stringContaining('less than a month'),
  })
  expect(of(5_000, { articles: 0, knowledgeChangesPerMonth: 0 }).approach).toBe('RAG_WITH_FINE_TUNING')
})
