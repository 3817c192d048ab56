import { expect, test } from 'vitest'
import { likenessWithWords } from './escalation-likeness.ts'

// Calm, asked for a person, law or safety.
const like = (text: string, ...probabilities: number[]) => [...likenessWithWords(Float64Array.from(probabilities), text)]

test('decides alone only when it is nearly sure of a message of some words', () => {
  expect(like('After two spoonfuls I was sick all night', 0.04, 0, 0.96)).toEqual(['LEGAL_OR_SAFETY'])
  expect(like('We woke up with puddles on the ceiling inside', 0.5, 0, 0.5)).toEqual([])
})

test('needs a word beside it when it is less sure, or the message is very short', () => {
  expect(like('This amounts to fraud and we gathered evidence', 0.5, 0, 0.5)).toEqual(['LEGAL_OR_SAFETY'])
  expect(like('What if it comes back to you?', 0.1, 0, 0.9)).toEqual([])
  expect(like('Give me an actual human being', 0.1, 0.9, 0)).toEqual(['CUSTOMER_ASKED'])
})

test('a calm message is like none, whatever its words', () => {
  expect(like('My lawyer friend says hello', 0.9, 0, 0.1)).toEqual([])
})
