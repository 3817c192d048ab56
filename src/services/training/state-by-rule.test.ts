import { expect, it } from 'vitest'
import { stateByRule } from './state-by-rule.ts'

const draft = 'Hi there,\n\nYou have 30 days to return it.\n\n— The support team'
const judge = (change: Partial<Parameters<typeof stateByRule>[0]>) =>
  stateByRule({ correction: null, originalResponse: draft, rating: null, isSentAsDrafted: false, ...change })

it('approves what an agent wrote, and a helpful draft that was sent as it was', () => {
  expect(judge({ correction: 'Hi there,\n\nYou have 60 days to return it.' })).toEqual({ state: 'APPROVED', stateReason: null })
  expect(judge({ isSentAsDrafted: true, rating: 'HELPFUL' }).state).toBe('APPROVED')
})

it('lets opinions alone wait for a review', () => {
  expect(judge({ rating: 'HELPFUL' }).state).toBe('CANDIDATE')
  expect(judge({ isSentAsDrafted: true, rating: 'NOT_HELPFUL' }).state).toBe('CANDIDATE')
  expect(judge({}).stateReason).toContain('waits for a review')
})

it.each([
  ['the same text', draft],
  ['another greeting and signature', 'Hello Ann,\n\nYou have 30 days to return it.\n\nBest,\nBob'],
  ['other case and punctuation', 'Hi there,\n\nyou have 30 days to return it!'],
])('keeps out a correction of %s', (_, correction) => {
  expect(judge({ correction })).toMatchObject({ state: 'EXCLUDED', stateReason: expect.stringContaining('says the same') })
})

it.each([
  ['HTML', '<div><p style="color:red">You have</p><p>60 days</p></div>', 'HTML'],
  ['one word', 'No.', 'too short'],
])('asks about %s', (_, correction, reason) => {
  expect(judge({ correction })).toMatchObject({ state: 'CANDIDATE', stateReason: expect.stringContaining(reason) })
})

it('is linear in a text of tags that never end', () => {
  const startedAt = performance.now()
  judge({ correction: '<a'.repeat(10_000) })
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
