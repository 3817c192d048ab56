import { expect, test } from 'vitest'
import { type ConversationTurn, conversationQueries } from './conversation-queries.ts'

const customer = (text: string): ConversationTurn => ({ author: 'customer', text })
const agent = (text: string): ConversationTurn => ({ author: 'agent', text })

test('searches for a question that stands alone as it is', () => {
  const alone = { queries: ['Do you ship fishing rods to Norway?'], reasons: ['ASKED'], weights: [1], isFollowUp: false, context: null }
  expect(conversationQueries([customer('Do you ship fishing rods to Norway?')])).toEqual(alone)
  expect(
    conversationQueries([customer('Can I pay by card?'), agent('Yes.'), customer('Do you ship fishing rods and reels to Norway?')]).isFollowUp,
  ).toBe(false)
})

test('reads a follow-up with what was said before, the customer’s own words first', () => {
  const { queries, reasons, weights, isFollowUp, context } = conversationQueries([
    customer('My stove is broken.'),
    agent('Our workshop repairs stoves.'),
    customer('And how long does that take?'),
  ])
  expect(isFollowUp).toBe(true)
  expect(context).toBe('My stove is broken.')
  expect(queries).toEqual([
    'And how long does that take?',
    'My stove is broken. And how long does that take?',
    'My stove is broken. Our workshop repairs stoves. And how long does that take?',
  ])
  expect(reasons).toEqual(['ASKED', 'FOLLOW_UP', 'FOLLOW_UP'])
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1)
  expect(weights[0]).toBeLessThan(weights[1]!)
})

test('goes back past a turn that says nothing by itself', () => {
  const { queries } = conversationQueries([
    customer('My stove is broken.'),
    agent('Oh dear.'),
    customer('Can you fix it?'),
    agent('Yes.'),
    customer('How much?'),
  ])
  expect(queries[1]).toBe('My stove is broken. Can you fix it? How much?')
})

test('asks the single questions of a message too', () => {
  const { queries, reasons } = conversationQueries([customer('Hi! Do you sell gas stoves? And which fuel can I take on a plane? Thanks')])
  expect(queries).toEqual([
    'Hi! Do you sell gas stoves? And which fuel can I take on a plane? Thanks',
    'Do you sell gas stoves?',
    'And which fuel can I take on a plane?',
  ])
  expect(reasons).toEqual(['ASKED', 'PART', 'PART'])
})

test('cuts what no embedder reads, and finds the question at its end', () => {
  const { queries } = conversationQueries([customer(`${'We went hiking in the rain. '.repeat(100)}Is wet mold covered by the warranty?`)])
  expect(queries.every((query) => query.length <= 600)).toBe(true)
  expect(queries).toContain('Is wet mold covered by the warranty?')
})

test.each([[[]], [[customer('')]], [[customer('???')]], [[customer('😀'.repeat(1_000))]], [[agent('Hello'), customer('ok')]]])(
  'takes any turns: %#',
  (turns) => {
    const { queries, weights } = conversationQueries(turns)
    expect(queries.length).toBe(weights.length)
    for (const query of queries) expect(query.isWellFormed()).toBe(true)
  },
)

test('cuts no character in half, wherever a long text is cut', () => {
  for (const lead of ['', 'x']) {
    const long = lead + '👩'.repeat(2_000) + lead
    const { queries } = conversationQueries([
      customer(long),
      agent(long),
      customer(`${long} and that`),
      agent(long),
      customer('How much?'),
      customer(long),
    ])
    const followUp = conversationQueries([customer(long), agent(long), customer('How much?')]).queries
    for (const query of [...queries, ...followUp]) expect(query.isWellFormed()).toBe(true)
  }
})
