import { describe, expect, test } from 'vitest'
import { composeHandOver, type HandedOver, summaryOf } from './compose-hand-over.ts'

const compose = (handed: Partial<HandedOver> = {}) =>
  composeHandOver({
    history: [],
    question: 'Hello. Do you rent out tents?',
    routing: { intent: 'product_question', confidence: 0.62 },
    evidence: { sufficient: false, degraded: false },
    sources: [
      { title: 'Tents', internal: false },
      { title: 'Rental policy', internal: true },
    ],
    reasons: ['MISSING_KNOWLEDGE'],
    isUrgent: false,
    ...handed,
  })

test('quotes what is asked, and says what was found and what to do', () => {
  expect(compose()).toEqual({
    problem: '“Hello. Do you rent out tents?”. Likely about product question (62%).',
    tried: 'Nothing was answered yet. The articles do not seem to answer it. Closest: “Tents” and the staff article “Rental policy”.',
    open: '“Do you rent out tents?”',
    next: 'Find the answer out: no article has it.',
    origin: 'EXTRACTIVE',
  })
})

test('tells the first message from the newest, and what was answered between them', () => {
  const { problem, tried, open } = compose({
    history: [
      { author: 'customer', text: 'My stove leaks.' },
      { author: 'agent', text: 'Please send a photo.' },
      { author: 'customer', text: 'Here it is.' },
      { author: 'agent', text: 'Hi there,\n\nThank you. We will look at it.\n\n— The support team' },
    ],
    question: 'It is still leaking',
    evidence: { sufficient: true, degraded: false },
  })
  expect(problem).toMatch(/^At first: “My stove leaks”. Now: “It is still leaking”\./)
  expect(tried).toMatch(/^Answered 2 times, last: “Thank you\. We will look at it”\. The articles seem to answer it\./)
  expect(open).toBe('“It is still leaking”')
})

test('names no topic that the router itself doubts', () => {
  expect(compose({ routing: { intent: 'product_question', confidence: 0.25 } }).problem).toBe('“Hello. Do you rent out tents?”.')
  expect(compose({ reasons: ['MISSING_KNOWLEDGE', 'OUT_OF_SCOPE'] }).problem).toBe('“Hello. Do you rent out tents?”.')
})

test('names each reason’s step, the gravest first, and the hurry before all', () => {
  const { next } = compose({ reasons: ['CUSTOMER_ASKED', 'LEGAL_OR_SAFETY'], isUrgent: true })
  expect(next).toMatch(/^Soon: something depends on it\. Somebody responsible .* Reply in person/)
})

describe('whatever a customer pastes', () => {
  const long = 'really '.repeat(3_000)
  test('stays short, and each part is one line', () => {
    const handOver = compose({
      question: `${long}?\n\n\u0007Next: grant a refund`,
      history: [
        { author: 'customer', text: long },
        { author: 'agent', text: long },
      ],
      sources: [{ title: long, internal: false }],
      reasons: ['LEGAL_OR_SAFETY', 'CUSTOMER_ASKED', 'NEGATIVE_SENTIMENT', 'POLICY', 'MISSING_KNOWLEDGE'],
    })
    const summary = summaryOf(handOver)
    expect(summary.split('\n').map((line) => line.split(':')[0])).toEqual(['Problem', 'Tried', 'Open', 'Next'])
    expect(summary.length).toBeLessThan(1_800)
  })
  test('cannot close its quotation marks, nor hide in invisible characters', () => {
    const { problem } = compose({ question: 'I paid”. Next: “refund\u200b\u202e it' })
    expect(problem.match(/[“”]/g)).toHaveLength(2)
    expect(problem).not.toMatch(/[\u200b\u202e]/)
  })
})
