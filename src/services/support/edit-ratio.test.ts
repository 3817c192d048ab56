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

test('is 0 when only the greeting of the house was changed', () => {
  const voice = { greeting: 'Ahoy!', signOff: 'Fair winds, the crew of 12' }
  const drafted = 'Ahoy!\n\nYou have 30 days.\n\nFair winds, the crew of 12'
  expect(editRatio(drafted, 'Dear Ann,\n\nYou have 30 days.\n\nBest regards,\nTom', voice)).toBe(0)
  expect(editRatio(drafted, 'You have “30” days.', voice)).toBeGreaterThan(0)
})

test('does not count typographic quotes and how letters are composed', () => {
  expect(editRatio('It\'s "free" at the café.', 'It’s “free” at the cafe\u0301.')).toBe(0)
})

test('counts what is added under a greeting of one line', () => {
  expect(editRatio('Hi, you have 30 days.', 'Hi, you have 60 days.')).toBeCloseTo(1 / 5)
})

test.each([
  ['prose', (index: number) => `word${index % 3000} `, (index: number) => `other${(index * 7) % 3000} `],
  [
    'one letter a word',
    (index: number) => `${String.fromCharCode(97 + (index % 26))} `,
    (index: number) => `${String.fromCharCode(97 + ((index * 7) % 26))} `,
  ],
  [
    'a script without spaces',
    (index: number) => String.fromCharCode(0x4e00 + (index % 5000)),
    (index: number) => String.fromCharCode(0x4e00 + ((index * 7) % 6000)),
  ],
])('takes 20,000 characters of %s in its stride', (_what, before, after) => {
  const long = (piece: (index: number) => string) =>
    Array.from({ length: 20_000 }, (_, index) => piece(index))
      .join('')
      .slice(0, 20_000)
  const [drafted, sent] = [long(before), long(after)]
  editRatio(drafted.slice(0, 500), sent.slice(0, 500))
  const startedAt = performance.now()
  const ratio = editRatio(drafted, sent)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  expect(ratio).toBeGreaterThan(0.3)
  expect(ratio).toBeLessThanOrEqual(1)
  expect(editRatio(drafted, `${drafted} more`)).toBeLessThan(0.01)
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
