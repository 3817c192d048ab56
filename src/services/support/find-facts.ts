import { digitsPattern, numberWords, plainNumber } from '../../lib/text/written-numbers.ts'

/** Something exact that a source either has or has not. */
export interface Fact {
  /** As it stands in the text. */
  text: string
  /** The same however it is written: "1,000 USD" and "$1000". */
  keys: string[]
}

// Every repetition that a failed match can go back over is bounded: a customer's 20,000 characters of "a-" must not hold up the server.
const label = String.raw`[\w-]{1,63}`
const addresses = new RegExp(
  [
    String.raw`https?:\/\/[^\s<>()"']+`,
    String.raw`\b(?<!\w[.+-])[\w.+-]{1,64}@${label}(?:\.${label}){1,8}`,
    String.raw`\b(?<!\w[.-])(?:www\.|(?:${label}\.){1,8}(?:com|org|net|io|co|example|shop|dev|app)\b)[^\s<>()"']*`,
  ].join('|'),
  'gi',
)
/** With a country code, or as they are written in North America. */
const phoneNumbers =
  /(?<![\w$€£.,+-])(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]?\d{2,4}){1,4}|(?:1[\s.-])?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4})(?!\w)/g

const number = String.raw`(${digitsPattern}|${[...numberWords.keys()].join('|')})`
const unit = String.raw`(?:business |working |calendar |more )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|percent|%|dollars?|usd|cents?|euros?|eur|points?|words?|pieces?|items?|characters?|kg|g|lb|lbs|pounds?|ounces?|cm|mm|m|inch(?:es)?|feet|ft|liters?|litres?|ml|degrees?|°c|°f|am|pm|a\.m\.|p\.m\.|times)`
const quantity = new RegExp(
  String.raw`([$€£]\s?)?(?<![\p{L}\d])${number}(?:\s?(?:-|–|to|or|and)\s?([$€£]\s?)?${number})?(?:[\s-]?(${unit}))?(?![\p{L}\d])`,
  'giu',
)
const months = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/gi

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
    const found = [first!, ...(second ? [second] : [])].map(plainNumber)
    if (!/\d/.test(whole) && kind === '') continue
    facts.push({ text: whole.trim(), keys: found.map((value) => `${value} ${kind}`) })
  }
  for (const { 0: month, index } of rest.matchAll(months)) {
    // "May 5" and "5th of May" are days; "you may" is none.
    const isDay =
      /^\s{1,3}\d/.test(rest.slice(index + month.length)) ||
      /\d(?:st|nd|rd|th)?\s{1,3}(?:of\s{1,3})?$/.test(rest.slice(Math.max(0, index - 12), index))
    if (isDay) facts.push({ text: month, keys: [month.toLowerCase()] })
  }
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
        if (kind === undefined) for (const start of addressStarts(key)) known.add(start)
        else known.add(`${value} any`)
        if (kind === '') known.add(`${value} bare`)
      }
    }
    for (const { 0: month } of source.matchAll(months)) known.add(month.toLowerCase())
  }
  return findFacts(text).filter(({ keys }) => !keys.every((key) => isKnown(key, known)))
}

function isKnown(key: string, known: Set<string>): boolean {
  if (known.has(key)) return true
  const [value, kind] = key.split(' ')
  if (kind === undefined) return false
  return kind === '' ? known.has(`${value} any`) : known.has(`${value} bare`)
}

/** "a.example/b/c" is also a source for "a.example" and "a.example/b". */
function addressStarts(address: string): string[] {
  return [...address.matchAll(/[/?]/g)].slice(0, 20).map(({ index }) => address.slice(0, index))
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
