import { describe, expect, test } from 'vitest'
import { applyEscalationPolicy, type EscalationSignals } from './escalation-policy.ts'

const decide = (signals: Partial<EscalationSignals> = {}) =>
  applyEscalationPolicy({
    customerTexts: ['How long do I have to return the boots?'],
    routing: { intent: 'return_item', confidence: 0.9, outOfScope: false },
    sufficient: true,
    degraded: false,
    ...signals,
  })
const unsure = { intent: 'return_item', confidence: 0.1, outOfScope: false }

describe('a person is recommended', () => {
  test.each([
    ['CUSTOMER_ASKED', { customerTexts: ['Let me talk to a human.'] }],
    ['LEGAL_OR_SAFETY', { customerTexts: ['My lawyer will write to you.'] }],
    ['NEGATIVE_SENTIMENT', { customerTexts: ['You are thieves!'] }],
    ['NEGATIVE_SENTIMENT', { likeness: new Set(['NEGATIVE_SENTIMENT'] as const) }],
    ['MISSING_KNOWLEDGE', { sufficient: false }],
    ['REPEATED_QUESTION', { customerTexts: ['Where is my refund?', 'where is my REFUND'] }],
    ['REPEATED_QUESTION', { customerTexts: ['Where is my refund?', 'Has my refund been sent?'], similarityToEarlierQuestion: 0.9 }],
  ] as const)('for %s alone', (reason, signals) => {
    const { recommended, reasons, summary } = decide(signals as Partial<EscalationSignals>)
    expect({ recommended, reasons }).toEqual({ recommended: true, reasons: [reason] })
    expect(summary).not.toBeNull()
  })
})

describe('nobody is needed', () => {
  test('for an answered question', () => {
    expect(decide()).toEqual({ recommended: false, reasons: [], summary: null })
  })
  test('because the router is unsure while the evidence answers', () => {
    expect(decide({ routing: unsure })).toEqual({ recommended: false, reasons: [], summary: null })
  })
  test('because the message is out of scope while the evidence answers', () => {
    expect(decide({ routing: { ...unsure, outOfScope: true } })).toMatchObject({ recommended: false, reasons: ['OUT_OF_SCOPE'] })
  })
  test('because of a short word twice', () => {
    expect(decide({ customerTexts: ['hello?', 'hello?'], similarityToEarlierQuestion: 1 }).recommended).toBe(false)
  })
  test('because of what the customer wrote before the last answer', () => {
    expect(decide({ customerTexts: ['You are thieves!', 'Thanks, that helped. How do I print the label?'] }).recommended).toBe(false)
  })
  test('without any text', () => {
    expect(decide({ customerTexts: [] }).recommended).toBe(false)
  })
})

test.each([
  ['CUSTOMER_ASKED', 'Can I talk to a human?'],
  ['NEGATIVE_SENTIMENT', 'You are thieves!'],
  ['LEGAL_OR_SAFETY', 'My lawyer will write to you.'],
])('%s without a question lacks no knowledge', (reason, text) => {
  expect(decide({ customerTexts: [text], sufficient: false }).reasons).toEqual([reason])
})

test('a question beside the request for a person may lack knowledge', () => {
  const text = 'Do you rent out tents in summer? Otherwise let me talk to a human.'
  expect(decide({ customerTexts: [text], sufficient: false }).reasons).toEqual(['CUSTOMER_ASKED', 'MISSING_KNOWLEDGE'])
})

describe('thanks', () => {
  const unanswered = { sufficient: false, routing: { ...unsure, outOfScope: true }, likeness: new Set(['NEGATIVE_SENTIMENT'] as const) }
  test.each(['thanks, that solved it!', 'Thank you so much, great help!', 'Perfect, the problem is fixed. Cheers'])(
    'has no reason at all in %j',
    (text) => {
      expect(decide({ customerTexts: [text], ...unanswered }).reasons).toEqual([])
    },
  )
  test.each(['Thanks for nothing!', 'Thanks, where is my order?', 'Thanks, the zipper broke', 'Thanks, I have another problem'])(
    'does not hide %j',
    (text) => {
      expect(decide({ customerTexts: [text], sufficient: false }).recommended).toBe(true)
    },
  )
})

test('an unsure router and weak support count beside another reason', () => {
  expect(decide({ sufficient: false, routing: unsure }).reasons).toEqual(['MISSING_KNOWLEDGE', 'LOW_CONFIDENCE'])
  expect(decide({ sufficient: false, supportScore: 0.2 }).reasons).toEqual(['MISSING_KNOWLEDGE', 'LOW_CONFIDENCE'])
})

test('the summary says what was asked, what was tried and why, and nothing else', () => {
  const { summary } = decide({ customerTexts: ['Hi', `Do you rent out tents? ${'really '.repeat(200)}`], sufficient: false, routing: unsure })
  const lines = summary!.split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^The customer wrote after 1 earlier message: "Do you rent out tents\? .*…"$/)
  expect(lines[1]).toBe('Likely about return item (10%). The articles were searched without finding an answer.')
  expect(lines[2]).toBe(
    'A person should take over because the articles do not answer it and its subject, or the support for the draft, is uncertain.',
  )
  expect(summary!.length).toBeLessThan(700)
})
