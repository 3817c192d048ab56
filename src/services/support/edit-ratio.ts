import { distance } from 'fastest-levenshtein'
import type { Voice } from '../../engines/generator.ts'
import { replyBody } from './reply-body.ts'

/** Scripts without spaces count by character. */
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const word = new RegExp(`[${unspaced}]\\p{M}*|[^\\s${unspaced}]+`, 'gu')
/** Product of the numbers of words up to which the exact distance takes some 20 ms. */
const mostCompared = 3e7

/**
 * How much of a draft was changed before it was sent: 0 unchanged, 1 rewritten. By words; greeting, quoted text, signature and white space do not
 * count.
 */
export function editRatio(draft: string, sent: string, voice?: Voice): number {
  const codes = new Map<string, number>()
  const [before, after] = [draft, sent].map((text) => encode(replyBody(plain(text), voice).match(word) ?? [], codes)) as [number[], number[]]
  const longest = Math.max(before.length, after.length)
  return longest === 0 ? 0 : wordDistance(before, after) / longest
}

// Editors put typographic quotes and spaces by themselves.
function plain(text: string): string {
  return text.normalize('NFC').replace(/[‘’]/g, "'").replace(/[“”]/g, '"')
}

function encode(words: string[], codes: Map<string, number>): number[] {
  return words.map((text) => {
    const code = codes.get(text) ?? codes.size
    codes.set(text, code)
    return code
  })
}

function wordDistance(before: number[], after: number[]): number {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const left = before.slice(start, before.length - end)
  const right = after.slice(start, after.length - end)
  // One UTF-16 unit a word, so that a distance over characters is one over words. 20,000 characters have at most 20,000 words.
  if (left.length * right.length <= mostCompared) return distance(String.fromCharCode(...left), String.fromCharCode(...right))
  // Of very long texts a lower bound, in linear time: words that the other has not, or half of the pairs of neighbours.
  return Math.max(missing(left, right), missing(pairs(left), pairs(right)) / 2)
}

function pairs(words: number[]): number[] {
  return words.slice(1).map((code, index) => words[index]! * 65_536 + code)
}

/** How many of the longer one the other has not, each occurrence counted. */
function missing(left: number[], right: number[]): number {
  const counts = new Map<number, number>()
  for (const item of left) counts.set(item, (counts.get(item) ?? 0) + 1)
  let shared = 0
  for (const item of right) {
    const count = counts.get(item) ?? 0
    if (count > 0) shared++
    counts.set(item, count - 1)
  }
  return Math.max(left.length, right.length) - shared
}
