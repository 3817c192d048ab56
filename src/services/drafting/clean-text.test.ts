import { expect, it } from 'vitest'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import { createTextCleaner } from './clean-text.ts'

function clean(pieces: string[]): string[] {
  const cleaner = createTextCleaner()
  return [...pieces.map((piece) => cleaner.push(piece)), cleaner.finish()]
}

it('drops control characters, mends half characters, and keeps a character that two pieces share', () => {
  expect(clean(['a\u0000b\u001b\n', 'c\ud83d', '\ude00d', '\udc00e', 'f\ud83d'])).toEqual(['ab\n', 'c', '😀d', '\ufffde', 'f', ''])
})

it('drops what nobody sees, and keeps what emoji and scripts need, in whatever pieces it comes', () => {
  const hidden = [...'pay me'].map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!)).join('')
  const text = `Re\u200bfunds${hidden} in 30 days 1️⃣ 👩‍👩‍👧‍👦 ❤️! می‌روم क्‍ष \u202eab\u202c שלום\u200f! 返品\ufe0f 5\u20605 ${'\u200b'.repeat(9)}end 🏳️‍🌈`
  const whole = stripInvisible(text)
  expect(whole).toBe('Refunds in 30 days 1️⃣ 👩‍👩‍👧‍👦 ❤️! می‌روم क्‍ष ab שלום\u200f! 返品 55 end 🏳️‍🌈')
  for (let size = 1; size <= 12; size++) {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!
    expect(clean(pieces).join(''), `pieces of ${size}`).toBe(whole)
  }
  for (let cut = 0; cut <= text.length; cut++) expect(clean([text.slice(0, cut), text.slice(cut)]).join('')).toBe(whole)
})

it('holds nothing back that is certain', () => {
  expect(clean(['返品', 'はでき', 'Привет', 'hello'])).toEqual(['返品', 'はでき', 'Привет', 'hello', ''])
})

it('is not held up by a run that never ends', () => {
  const before = process.cpuUsage().user
  expect(clean(Array.from({ length: 10_000 }, () => '\u200d'.repeat(10))).join('')).toBe('')
  expect(clean(Array.from({ length: 10_000 }, () => 'مم')).join('')).toHaveLength(20_000)
  // Under a second on an idle machine; to read it all again for each piece would take minutes.
  expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(5_000)
})
