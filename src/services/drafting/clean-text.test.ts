import { expect, it } from 'vitest'
import { createTextCleaner } from './clean-text.ts'

it('drops control characters, mends half characters, and keeps a character that two pieces share', () => {
  const cleaner = createTextCleaner()
  const pieces = ['a\u0000b\u001b\n', 'c\ud83d', '\ude00d', '\udc00e', 'f\ud83d']
  expect(pieces.map((piece) => cleaner.push(piece))).toEqual(['ab\n', 'c', '😀d', '\ufffde', 'f'])
})
