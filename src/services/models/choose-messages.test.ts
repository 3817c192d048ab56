import { expect, it } from 'vitest'
import { chooseDiverse } from './choose-messages.ts'
import { tokensOfMessages } from './write-with.ts'

const reply = (id: string, quality: number, vector: number[]) => ({
  trainingExampleId: id,
  question: 'May I?',
  reply: 'You may.',
  quality,
  vector: Float32Array.from(vector),
})
const ids = (chosen: { trainingExampleId: string }[]) => chosen.map(({ trainingExampleId }) => trainingExampleId)
const best = [reply('a', 1, [1, 0]), reply('nearly a', 0.9, [0.99, 0.14]), reply('b', 0.7, [0, 1])]

it('takes the best first, and then one about something else before one that says the same', () => {
  expect(ids(chooseDiverse(best, { most: 2, budgetTokens: 1_000 }))).toEqual(['a', 'b'])
  expect(ids(chooseDiverse(best, { most: 9, budgetTokens: 1_000 }))).toEqual(['a', 'b', 'nearly a'])
})

it('stays within its tokens, and goes on with what still fits', () => {
  const long = { ...reply('long', 2, [0.5, 0.5]), reply: 'word '.repeat(500) }
  const budgetTokens = tokensOfMessages([best[0]!]) * 2
  expect(ids(chooseDiverse([long, ...best], { most: 9, budgetTokens }))).toEqual(['a', 'b'])
})
