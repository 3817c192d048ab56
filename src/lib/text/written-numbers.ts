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

/** The same for every way to write it: "thirty" and "30", "1,000" and "1000". */
export function plainNumber(written: string): string {
  const word = numberWords.get(written.toLowerCase())
  if (word !== undefined) return String(word)
  // 1,000 is a thousand, 2,5 is not.
  const plain = written.replace(/,(?=\d{3}(?!\d))/g, '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain
}
