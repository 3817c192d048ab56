/** Something exact that a source either has or has not. */
export interface Fact {
  /** As it stands in the text. */
  text: string
  /** The same however it is written: "1,000 USD" and "$1000". */
  keys: string[]
}

const addresses =
  /https?:\/\/[^\s<>()"']+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:www\.|(?:[\w-]+\.)+(?:com|org|net|io|co|example|shop|dev|app)\b)[^\s<>()"']*/gi
/** With a country code, or as they are written in North America. */
const phoneNumbers =
  /(?<![\w$€£.,+-])(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]?\d{2,4}){1,4}|(?:1[\s.-])?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4})(?!\w)/g
const wordNumbers = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
]
const tens: Record<string, number> = {
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
const values = new Map([...wordNumbers.map((word, index): [string, number] => [word, index + 1]), ...Object.entries(tens)])

const number = String.raw`\d+(?:[.,]\d+)*`
const unit = String.raw`(?:business |working |calendar |more )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|percent|%|dollars?|usd|cents?|euros?|eur|points?|words?|pieces?|items?|characters?|kg|g|lb|lbs|pounds?|ounces?|cm|mm|m|inch(?:es)?|feet|ft|liters?|litres?|ml|degrees?|°c|°f|am|pm|a\.m\.|p\.m\.|times)`
const quantity = new RegExp(
  String.raw`([$€£]\s?)?(?<![\p{L}\d])(${number}|${[...values.keys()].join('|')})(?:\s?(?:-|–|to|or|and)\s?([$€£]\s?)?(${number}|${[...values.keys()].join('|')}))?(?:[\s-]?(${unit}))?(?![\p{L}\d])`,
  'giu',
)
const months =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?=\s+\d)|(?<=\d(?:st|nd|rd|th)?\s+(?:of\s+)?)\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/gi

/** Numbers with their units, amounts, days of the year, phone numbers, e-mail addresses and links. */
export function findFacts(text: string): Fact[] {
  const facts: Fact[] = []
  const withoutAddresses = text.replace(addresses, (address) => {
    const clean = address.replace(/[.,;:!?]+$/, '')
    facts.push({
      text: clean,
      keys: [
        clean
          .toLowerCase()
          .replace(/^https?:\/\//, '')
          .replace(/^www\./, '')
          .replace(/\/$/, ''),
      ],
    })
    return ' '
  })
  const rest = withoutAddresses.replace(phoneNumbers, (phone) => {
    facts.push({ text: phone, keys: [`tel:${phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')}`] })
    return ' '
  })
  for (const match of rest.matchAll(quantity)) {
    const [whole, currency, first, laterCurrency, second, unitWord] = match
    const kind = currency || laterCurrency ? 'money' : unitKind(unitWord)
    // Of numbers written out only those with a unit are facts: "the two of you", "one of our" are prose.
    const found = [first!, ...(second ? [second] : [])].map(plainValue)
    if (!/\d/.test(whole) && kind === '') continue
    facts.push({ text: whole.trim(), keys: found.map((value) => `${value} ${kind}`) })
  }
  for (const { 0: month } of rest.matchAll(months)) facts.push({ text: month, keys: [month.toLowerCase()] })
  return facts
}

/** The facts of a text that none of the sources has. A number without a unit may have any unit in the source, and the other way round. */
export function missingFacts(text: string, sources: string[]): Fact[] {
  const known = new Set<string>()
  for (const source of sources) {
    for (const { keys } of findFacts(source)) {
      for (const key of keys) {
        known.add(key)
        const [value, kind] = key.split(' ')
        if (kind !== undefined) known.add(`${value} any`)
        if (kind === '') known.add(`${value} bare`)
      }
    }
    for (const { 0: month } of source.matchAll(/\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/g))
      known.add(month.toLowerCase())
  }
  return findFacts(text).filter(({ keys }) => !keys.every((key) => isKnown(key, known)))
}

function isKnown(key: string, known: Set<string>): boolean {
  if (known.has(key)) return true
  const [value, kind] = key.split(' ')
  if (kind === undefined) return [...known].some((address) => address.startsWith(`${key}/`) || address.startsWith(`${key}?`))
  return kind === '' ? known.has(`${value} any`) : known.has(`${value} bare`)
}

function plainValue(written: string): string {
  const word = values.get(written.toLowerCase())
  if (word !== undefined) return String(word)
  // 1,000 is a thousand, 2,5 is not.
  const plain = written.replace(/,(?=\d{3}(?!\d))/g, '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain
}

function unitKind(written: string | undefined): string {
  if (!written) return ''
  const word = written
    .toLowerCase()
    .replace(/^(?:business|working|calendar|more) /, '')
    .replace(/\./g, '')
  if (/^(?:dollars?|usd|cents?|euros?|eur)$/.test(word)) return 'money'
  if (/^(?:percent|%)$/.test(word)) return 'percent'
  if (/^(?:am|pm)$/.test(word)) return word
  return word.replace(/ches$/, 'ch').replace(/s$/, '')
}
