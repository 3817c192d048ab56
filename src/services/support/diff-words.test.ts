import { expect, test } from 'vitest'
import { diffWords, type TextPiece } from './diff-words.ts'

const joined = (pieces: TextPiece[], ...kinds: TextPiece['kind'][]) =>
  pieces
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('')

test('shows the words that were changed', () => {
  expect(diffWords('You have 30 days to return it.', 'You have 60 days to send it back.')).toEqual([
    { kind: 'SAME', text: 'You have ' },
    { kind: 'REMOVED', text: '30' },
    { kind: 'ADDED', text: '60' },
    { kind: 'SAME', text: ' days to ' },
    { kind: 'REMOVED', text: 'return' },
    { kind: 'ADDED', text: 'send' },
    { kind: 'SAME', text: ' it' },
    { kind: 'ADDED', text: ' back' },
    { kind: 'SAME', text: '.' },
  ])
  expect(diffWords('Same.', 'Same.')).toEqual([{ kind: 'SAME', text: 'Same.' }])
  expect(diffWords('', '')).toEqual([])
})

const long = (step: number) =>
  Array.from({ length: 4_000 }, (_, index) => `w${(index * step) % 977}`)
    .join(' ')
    .slice(0, 20_000)
const chinese = (step: number) => Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(0x4e00 + ((index * step) % 4001))).join('')
test.each([
  ['words', 'a b c', 'a c b'],
  ['spaces and lines', 'a  b\r\n\r\nc\t', ' a b\n\nc'],
  ['scripts without spaces', '三十日以内に返品できます。', '六十日以内なら返品できます！'],
  ['emoji and marks', 'ok 👩‍👩‍👧 cafe\u0301', 'ok 👩‍👧 café 👍🏽'],
  ['nothing before', '', 'new'],
  ['nothing after', 'old', ''],
  ['very long prose', long(7), long(11)],
  ['very long lines', long(7).replaceAll(' ', '\n'), long(11).replaceAll(' ', '\n')],
  ['very long Chinese', chinese(7), chinese(11)],
  ['one word in a long text', long(7), long(7).replace('w7 ', 'x7 ')],
])('gives both texts back to the character: %s', (_what, before, after) => {
  const startedAt = performance.now()
  const pieces = diffWords(before, after)
  expect(joined(pieces, 'SAME', 'REMOVED')).toBe(before)
  expect(joined(pieces, 'SAME', 'ADDED')).toBe(after)
  expect(pieces.every(({ text }) => text !== '')).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('finds one word in 20,000 characters', () => {
  expect(diffWords(long(7), long(7).replace('w7 ', 'x7 ')).filter(({ kind }) => kind !== 'SAME')).toEqual([
    { kind: 'REMOVED', text: 'w7' },
    { kind: 'ADDED', text: 'x7' },
  ])
})
