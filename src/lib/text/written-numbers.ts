const small =
  `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty`.split(' ')
const round: Record<string, number> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  dozen: 12,
}

export const numberWords = new Map([...small.map((word, index): [string, number] => [word, index + 1]), ...Object.entries(round)])

/** Source of a regular expression for 1,000.50. Bounded, or a long "1,1,1,…" takes quadratic time wherever a match can fail. */
export const digitsPattern = String.raw`\d{1,30}(?:[.,]\d{1,30}){0,6}`

const units = small.slice(0, 9).join('|')
const tens = ['twenty', ...Object.keys(round).filter((word) => word.endsWith('ty'))].join('|')
const belowHundred = `(?:${tens})(?:[ -](?:${units}))?|${small.slice(9).join('|')}|${units}`
const belowThousand = `(?:(?:an?|${units})[ -])?hundred(?:[ -](?:and[ -])?(?:${belowHundred}))?|${belowHundred}`
/** Source of a regular expression for a number in words: "forty-five", "one hundred and twenty", "two dozen". */
export const wordsPattern = `(?:(?:an?|${belowThousand})[ -])?thousand(?:[ -](?:and[ -])?(?:${belowThousand}))?|(?:(?:an?|${units})[ -])?dozen|${belowThousand}`

/** The same for every way to write it: "thirty" and "30", "forty-five" and "45", "1,000" and "1000", "12,50" and "12.5". */
export function plainNumber(written: string): string {
  const value = valueOfWords(written.toLowerCase())
  if (value !== null) return String(value)
  // 1,000 and 1.000.000 have thousands, 12,50 and 2,5 a decimal comma.
  const plain = /^\d{1,3}(?:\.\d{3})*,\d{1,2}$|^\d+,\d{1,2}$/.test(written)
    ? written.replaceAll('.', '').replace(',', '.')
    : /^\d{1,3}(?:\.\d{3}){2,}$/.test(written)
      ? written.replaceAll('.', '')
      : written.replace(/,(?=\d{3}(?!\d))/g, '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain
}

function valueOfWords(written: string): number | null {
  let total = 0
  let current = 0
  for (const word of written.split(/[ -]/)) {
    const value = word === 'a' || word === 'an' ? 1 : word === 'and' ? 0 : numberWords.get(word)
    if (value === undefined) return null
    if (value === 1000) {
      total += (current || 1) * 1000
      current = 0
    } else if (value === 100 || word === 'dozen') current = (current || 1) * value
    else current += value
  }
  return total + current || null
}
