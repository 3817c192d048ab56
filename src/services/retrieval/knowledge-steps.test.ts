import { expect, test } from 'vitest'
import type { QueryReason } from './conversation-queries.ts'
import { checkStep, closingStep, planStep, queriesAsWritten, retrieveStep } from './knowledge-steps.ts'
import type { Retrieval, RetrievedArticle } from './retrieve.ts'

const hit = (title: string, { text = '', audience = 'PUBLIC', score = 0.832 } = {}): RetrievedArticle => {
  const chunk = { heading: title, text, section: text }
  return {
    articleId: 'an-id',
    article: { title, audience },
    chunk,
    chunks: [chunk],
    score,
    similarity: 0.5,
    rerankScore: null,
  } as unknown as RetrievedArticle
}
const found = (hits: RetrievedArticle[], more: Partial<Retrieval> = {}) =>
  ({ mode: 'HYBRID', queries: ['How do I get my money back?'], tookMs: 4, degradedParts: [], hits, ...more }) as Retrieval
const signals = { similarity: 0.4, sentence: 0, article: 0, margin: 0, lead: 0, coverage: 0, headingCoverage: 0 }
const closing = (hits: RetrievedArticle[], questions: string[], sufficient: boolean) => closingStep({ hits, questions, sufficient, tookMs: 0 })

test('says what is searched for and why', () => {
  const reasons: QueryReason[] = ['ASKED', 'FOLLOW_UP', 'PART', 'PART']
  const step = planStep('PLAN', { queries: ['a', 'b', 'c', 'd', 'e'], reasons, filter: undefined, tookMs: 1 })
  expect(step.queries!.map(({ reason }) => reason)).toEqual([...reasons, 'SPELLING'])
  expect(step.summary).toBe(
    'Search for the customer’s words; together with what was said before, which it leans on; each of its 2 questions alone; without its typing errors.',
  )
  expect(planStep('PLAN', { queries: ['a'], reasons: ['ASKED'], filter: undefined, tookMs: 1 }).summary).toBe('Search for the customer’s words.')
  const wider = { queries: ['a', 'b', 'c'], reasons: ['ASKED', 'SUBJECT', 'EVERYTHING'] satisfies QueryReason[], filter: {}, tookMs: 1 }
  expect(planStep('WIDEN', { ...wider, was: { category: 'Returns' } }).summary).toBe(
    'Not enough: search once more, wider, with the bare subject words and all that the customer said and every category.',
  )
})

test('tells what was searched for last, without what was mended', () => {
  const plan = (kind: 'PLAN' | 'WIDEN', queries: string[], reasons: QueryReason[]) =>
    planStep(kind, { queries, reasons, filter: undefined, tookMs: 1 })
  const steps = [plan('PLAN', ['a', 'mended a'], ['ASKED']), retrieveStep(found([])), plan('WIDEN', ['a', 'b', 'mended a'], ['ASKED', 'SUBJECT'])]
  expect(queriesAsWritten(steps)).toEqual(['a', 'b'])
  expect(queriesAsWritten([])).toEqual([])
})

test('says what was found, and what was away', () => {
  expect(retrieveStep(found([hit('Return & Refund Policy'), hit('Gifts')])).summary).toBe(
    'Searched for “How do I get my money back?”; best: Return & Refund Policy (0.83).',
  )
  expect(retrieveStep(found([], { mode: 'KEYWORD', degradedParts: ['EMBEDDER'], queries: ['x', 'y'] })).summary).toBe(
    'Searched by words alone for “x” and 1 more; nothing was found. A part was away (embedder).',
  )
})

test('says how it was judged', () => {
  const judgement = { sufficient: false, confidence: 0.3, threshold: 0.43, signals }
  expect(checkStep({ judgement, tookMs: 1 }).summary).toBe('Not enough to answer from: 0.30, and 0.43 is needed.')
  expect(checkStep({ judgement, tookMs: 1, isKept: false }).summary).toContain('No better than the first search')
  expect(checkStep({ judgement, tookMs: 1 }).judgement!.signals).toContainEqual({ name: 'similarity', value: 0.4 })
})

test('ends with what answers, staff articles counted apart', () => {
  const step = closing([hit('Returns'), hit('Limits', { audience: 'INTERNAL' })], ['How?'], true)
  expect(step).toMatchObject({ kind: 'ANSWER', summary: 'Answer from Returns. One staff article is shown to you and kept from the reply.' })
})

test('ends with the words that no article has, and not with those that only a staff article has', () => {
  const hits = [hit('Boats', { text: 'We rent boats in summer.' }), hit('Kayaks', { audience: 'INTERNAL', text: 'kayak' })]
  expect(closing(hits, ['Can I rent a Kayak or two kayaks or a boat, and paddles?', 'paddles?'], false)).toMatchObject({
    kind: 'ADMIT',
    missing: { questions: ['paddles?'], words: ['Kayak', 'two', 'kayaks', 'paddles'] },
  })
})

test('is small, whatever the texts are', () => {
  const long = 'wörter '.repeat(5_000)
  const queries = Array.from({ length: 40 }, () => long)
  const hits = Array.from({ length: 40 }, () => hit(long, { text: long }))
  const steps = [
    planStep('PLAN', { queries, reasons: [], filter: undefined, tookMs: 1 }),
    retrieveStep(found(hits, { queries })),
    closing(
      hits,
      Array.from({ length: 20 }, (_, index) => Array.from({ length: 500 }, (_, word) => `x${index}y${word}`).join(' ')),
      false,
    ),
    closing(hits, queries, true),
  ]
  expect(JSON.stringify(steps).length).toBeLessThan(20_000)
})
