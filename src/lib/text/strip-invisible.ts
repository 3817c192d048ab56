// Where a joiner changes how letters look, and so belongs to the word: Arabic and Indic scripts and their kin.
const joining = [
  'Arab',
  'Syrc',
  'Nkoo',
  'Mong',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Khmr',
  'Mymr',
  'Tibt',
]
const rightToLeft = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']
const lettersOf = (scripts: string[]) => `[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]`
const joiningLetter = lettersOf(joining)
const rightToLeftLetter = lettersOf(rightToLeft)

const emoji = '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?'
const kept = [
  `${emoji}(?:\\u200d${emoji})*`,
  '[0-9#*]\\ufe0f\\u20e3',
  `(?<=${joiningLetter})[\\u200c\\u200d](?=\\p{DI}*${joiningLetter})`,
  // At the end of a word it makes the letter before it a final or a half form.
  `(?<=${joiningLetter})\\u200d(?!\\p{DI})`,
  '(?<=\\p{Script=Mongolian})[\\u180b-\\u180f]',
  `(?<=${rightToLeftLetter})[\\u200e\\u200f\\u061c](?!\\p{DI})`,
  `[\\u200e\\u200f\\u061c](?=${rightToLeftLetter})`,
].join('|')

const keptOrInvisible = new RegExp(`(${kept})|\\p{DI}|[\\ufff9-\\ufffb]`, 'gu')

/**
 * The text without characters that nobody sees and a model reads: tags, variation selectors, zero-width characters, bidi overrides, soft
 * hyphens, byte order marks. What an emoji or a script needs to look right stays.
 */
export function stripInvisible(text: string): string {
  return text.replace(keptOrInvisible, (_match, needed: string | undefined) => needed ?? '')
}

const leans = new RegExp(
  `^[\\p{DI}\\ufff9-\\ufffb\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u20e3${[...new Set([...joining, ...rightToLeft])].map((script) => `\\p{Script=${script}}`).join('')}]$`,
  'u',
)

/**
 * Where a text can be cut so that stripping each part is stripping the whole: what stands behind is kept or not by what follows. No further
 * back than `longest` characters.
 */
export function strippableLength(text: string, longest: number): number {
  let end = text.length
  while (end > 0) {
    const start = /[\udc00-\udfff]/.test(text[end - 1]!) && /[\ud800-\udbff]/.test(text[end - 2] ?? '') ? end - 2 : end - 1
    if (!leans.test(text.slice(start, end))) break
    if (text.length - start > longest) return text.length
    end = start
  }
  // 1️⃣ begins with a plain digit.
  return /[0-9#*]/.test(text[end - 1] ?? '') ? end - 1 : end
}
