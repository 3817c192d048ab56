import { distance } from 'fastest-levenshtein'
import { withoutGreetingAndSignature } from './needs-support.ts'

/** Scripts without spaces count by character. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu

/** How much of a draft was changed before it was sent: 0 unchanged, 1 rewritten. By words; greeting, signature and white space do not count. */
export function editRatio(draft: string, sent: string): number {
  const codes = new Map<string, string>()
  const [before, after] = [draft, sent].map((text) => encode(withoutGreetingAndSignature(text.normalize('NFC')).match(word) ?? [], codes)) as [
    string,
    string,
  ]
  const longest = Math.max(before.length, after.length)
  return longest === 0 ? 0 : distance(before, after) / longest
}

// One UTF-16 unit a word, so that a distance over characters is one over words. 20,000 characters have at most 20,000 words.
function encode(words: string[], codes: Map<string, string>): string {
  return words
    .map((text) => {
      const code = codes.get(text) ?? String.fromCharCode(codes.size)
      codes.set(text, code)
      return code
    })
    .join('')
}
