import { digitsPattern, numberWords, plainNumber } from '../../lib/text/written-numbers.ts'

/** A number in a text with what it counts. Values of one kind can be compared: their numbers are in the same unit. */
export interface Value {
  /** As it stands in the text. */
  text: string
  kind: string
  /** A single number is a range of itself. */
  low: number
  high: number
  start: number
  end: number
  /** "At least 8" and "up to 12" are limits on different sides. */
  bound: 'atLeast' | 'atMost' | null
}

const number = String.raw`(${digitsPattern}|${[...numberWords.keys()].join('|')})`
const quantity = new RegExp(
  String.raw`(?<![\p{L}\d.,/#-])([$€£])?\s?${number}(?:\s?(?:-|–|to|or|and)\s?[$€£]?\s?${number})?(?:\s?(%|°c|°f)|(?:[\s-](?!\d)[\p{L}']{1,20}){0,3})?(?![\p{L}\d/])`,
  'giu',
)
const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const dates = new RegExp(String.raw`\b(${monthNames.join('|')})\s(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?(${monthNames.join('|')})\b`, 'gi')
const clocks = /(?<![\d.,:])(\d{1,2})(?::(\d\d))?\s?(a\.?m\b\.?|p\.?m\b\.?)/gi

const daysOf: Record<string, number> = { second: 1 / 86_400, minute: 1 / 1_440, hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 }
const measures: Record<string, [kind: string, factor: number]> = {
  ...Object.fromEntries(
    [
      ['g', 1],
      ['gram', 1],
      ['kg', 1_000],
      ['kilogram', 1_000],
      ['kilo', 1_000],
    ].map(([unit, factor]) => [unit, ['weight', factor]]),
  ),
  ...Object.fromEntries(
    [
      ['lb', 1],
      ['pound', 1],
    ].map(([unit, factor]) => [unit, ['pounds', factor]]),
  ),
  ...Object.fromEntries(
    [
      ['mm', 1],
      ['cm', 10],
      ['m', 1_000],
      ['meter', 1_000],
      ['metre', 1_000],
      ['km', 1_000_000],
    ].map(([unit, factor]) => [unit, ['length', factor]]),
  ),
  ...Object.fromEntries(
    [
      ['kb', 0.001],
      ['mb', 1],
      ['gb', 1_000],
      ['tb', 1_000_000],
    ].map(([unit, factor]) => [unit, ['data', factor]]),
  ),
  ...Object.fromEntries(
    [
      ['ml', 1],
      ['l', 1_000],
      ['liter', 1_000],
      ['litre', 1_000],
    ].map(([unit, factor]) => [unit, ['volume', factor]]),
  ),
}
const currencies: Record<string, string> = { $: '$', dollar: '$', usd: '$', '€': '€', euro: '€', eur: '€', '£': '£', gbp: '£' }
/** They end the noun that a number counts: "3 devices at once". */
const endsNoun = new Set(
  'a an the of in on at per for to from with and or but by as is are was were be been has have can may must before after until when if each every within without once if that which who it you we they than more less times'.split(
    ' ',
  ),
)
const describesTime = new Set(['business', 'working', 'calendar', 'full', 'more', 'consecutive', 'whole'])

const atLeast = /\b(?:at least|a minimum of|minimum|more than|over|above|longer than|not less than|no less than)\s*$/i
const atMost = /\b(?:within|up to|at most|no more than|not more than|a maximum of|maximum|less than|under|until|limited to)\s*$/i

/** The numbers of a sentence that say something: times, amounts, percentages, measures, days of the year, and counts of things. */
export function readValues(sentence: string): Value[] {
  const values: Value[] = []
  const blank = (text: string) => ' '.repeat(text.length)
  const add = (text: string, start: number, kind: string, low: number, high = low) => {
    const before = sentence.slice(Math.max(0, start - 30), start)
    const bound = atLeast.test(before) ? 'atLeast' : atMost.test(before) ? 'atMost' : null
    values.push({ text: text.replace(/\.$/, ''), kind, low: Math.min(low, high), high: Math.max(low, high), start, end: start + text.length, bound })
  }
  const rest = sentence
    .replace(/https?:\/\/\S+|[\w.+-]{1,64}@[\w.-]{1,100}/g, blank)
    .replace(dates, (text, monthFirst?: string, dayAfter?: string, dayFirst?: string, monthAfter?: string, at?: number) => {
      const month = monthNames.indexOf((monthFirst ?? monthAfter)!.toLowerCase())
      add(text, at!, 'date', month * 31 + Number(dayAfter ?? dayFirst))
      return blank(text)
    })
    .replace(clocks, (text, hour: string, minutes: string | undefined, half: string, at: number) => {
      add(text, at, 'clock', (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0) + Number(minutes ?? 0) / 60)
      return blank(text)
    })
  for (const match of rest.matchAll(quantity)) {
    const [whole, symbol, first, second, sign] = match
    const low = Number(plainNumber(first!))
    const high = second ? Number(plainNumber(second)) : low
    if (Number.isNaN(low) || Number.isNaN(high)) continue
    const isWritten = !/\d/.test(whole)
    const numeric = /^[^\p{L}]*/u.exec(whole)![0].length
    const head = isWritten
      ? whole.toLowerCase().indexOf((second ?? first)!.toLowerCase()) + (second ?? first)!.length
      : endOfNumber(whole, first!, second)
    const words = [...whole.slice(head).matchAll(/[\p{L}']+/gu)]
    const found = unitOf(
      words.map(({ 0: word }) => word.toLowerCase().replace(/'+$/, '')),
      symbol ?? sign,
    )
    if (!found || (isWritten && found.kind.startsWith('count:') && !found.isPlural)) continue
    const { kind, factor, words: used } = found
    const end = used === 0 ? (sign ? whole.length : head) : head + words[used - 1]!.index + words[used - 1]![0].length
    const text = whole.slice(0, Math.max(end, isWritten ? 0 : numeric)).trim()
    add(text, match.index + whole.indexOf(text), kind, low * factor, high * factor)
  }
  return values.sort((a, b) => a.start - b.start)
}

function endOfNumber(whole: string, first: string, second: string | undefined): number {
  const afterFirst = whole.indexOf(first) + first.length
  return second ? whole.indexOf(second, afterFirst) + second.length : afterFirst
}

function unitOf(words: string[], sign: string | undefined): { kind: string; factor: number; words: number; isPlural: boolean } | null {
  if (sign === '%' || words[0] === 'percent') return { kind: 'percent', factor: 1, words: sign ? 0 : 1, isPlural: true }
  if (sign && currencies[sign]) return { kind: `money:${currencies[sign]}`, factor: 1, words: 0, isPlural: true }
  if (sign) return { kind: sign.toLowerCase(), factor: 1, words: 0, isPlural: true }
  for (const [index, word] of words.entries()) {
    if (endsNoun.has(word)) break
    const single = singular(word)
    if (daysOf[single]) {
      const isWorkday = index > 0 && /^(?:business|working)$/.test(words[index - 1]!)
      return { kind: isWorkday ? 'workdays' : 'time', factor: daysOf[single], words: index + 1, isPlural: true }
    }
    if (index === 0 && currencies[single]) return { kind: `money:${currencies[single]}`, factor: 1, words: 1, isPlural: true }
    if (index === 0 && measures[single]) return { kind: measures[single][0], factor: measures[single][1], words: 1, isPlural: true }
    if (!describesTime.has(word) && /s$/.test(word) && !/(?:ss|us|is)$/.test(word))
      return { kind: `count:${single}`, factor: 1, words: index + 1, isPlural: true }
  }
  return null
}

function singular(word: string): string {
  return word.replace(/(?<=ch|sh|x|ss)es$|(?<=[^s])s$/, '').replace(/ie$/, 'y')
}

/** No number is both: 3–5 and 7 differ, 3–5 and 5 may be the same. A month has 30 days or 31. */
export function differ(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false
  const slack = a.kind === 'time' && Math.min(a.high, b.high) >= 28 ? 1.04 : 1
  return a.high * slack < b.low || b.high * slack < a.low
}
