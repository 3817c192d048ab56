import { expect, test } from 'vitest'
import { editRatio } from './edit-ratio.ts'

const draft = 'Hi there,\n\nYou have 30 days to return it.\n\n— The support team'

test('is 0 for what was sent as it was, whatever the greeting, signature and spaces', () => {
  expect(editRatio(draft, draft)).toBe(0)
  expect(editRatio(draft, 'Hello Ann,\nYou  have 30 days\nto return it.\n\nBest regards,\nTom')).toBe(0)
})

test.each(["Ann-Marie O'Neil", 'Dr. Jan de Vries', 'Żaneta', 'The Northwind Team'])('takes %j under the sign-off for a name', (name) => {
  expect(editRatio(draft, `You have 30 days to return it.\n\nBest regards,\n${name}`)).toBe(0)
})

test.each(['PS: bye', 'shipping costs $5', 'Call me!', 'Refund sent today'])('counts %j, written under the sign-off', (line) => {
  expect(editRatio(draft, `Dear Ann,\n\nYou have 30 days to return it.\n\nBest regards,\n${line}`)).toBeGreaterThan(0)
})

test('is the share of words that were changed', () => {
  expect(editRatio('You have 30 days to return it.', 'You have 45 days to return it.')).toBeCloseTo(1 / 7)
})

test('is 1 for what was rewritten, and for what was written to an empty draft', () => {
  expect(editRatio('alpha beta gamma', 'one two three four')).toBe(1)
  expect(editRatio('', 'Something new.')).toBe(1)
  expect(editRatio('', '')).toBe(0)
})

test('counts by character where a script has no spaces', () => {
  expect(editRatio('三十日以内です', '三十日以内だ')).toBeGreaterThan(0)
  expect(editRatio('三十日以内です', '三十日以内だ')).toBeLessThan(0.5)
})

test('takes no time worth mentioning for the longest texts', () => {
  const long = Array.from({ length: 10_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join(' ')
  const other = Array.from({ length: 10_000 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join(' ')
  const startedAt = performance.now()
  const ratio = editRatio(long, other)
  expect(ratio).toBeGreaterThan(0)
  expect(ratio).toBeLessThanOrEqual(1)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
