import { type FoundFact, factsOf, type ReadFacts } from './fact.ts'

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
/** With the names of other languages that a customer may be answered in. */
const monthOf = new Map<string, number>([
  ...months.flatMap((name, index): [string, number][] => [
    [name, index + 1],
    [name.slice(0, 3), index + 1],
  ]),
  ['sept', 9],
  ...'januar,februar,märz,april,mai,juni,juli,august,september,oktober,november,dezember'
    .split(',')
    .map((name, index): [string, number] => [name, index + 1]),
  ...'janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre'
    .split(',')
    .map((name, index): [string, number] => [name, index + 1]),
  ...'enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre'
    .split(',')
    .map((name, index): [string, number] => [name, index + 1]),
])
const month = `(${[...monthOf.keys()].sort((a, b) => b.length - a.length).join('|')})\\b\\.?`
const ordinalWords =
  'first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,thirteenth,fourteenth,fifteenth,sixteenth,seventeenth,eighteenth,nineteenth,twentieth,twenty-first,twenty-second,twenty-third,twenty-fourth,twenty-fifth,twenty-sixth,twenty-seventh,twenty-eighth,twenty-ninth,thirtieth,thirty-first'.split(
    ',',
  )
const day = String.raw`(\d{1,2}(?:st|nd|rd|th|er|º)?|${ordinalWords.toReversed().join('|')})`
const to = String.raw`(?: ?(?:-|–|—|to|through|until|and|or|bis) ?(?:the )?${day})?`
const year = String.raw`(?:,? (?:in |de )?(\d{4})(?!\d))?`
const edge = String.raw`(?<![\p{L}\p{N}])`
const end = String.raw`(?![\p{L}\p{N}])`

const dayFirst = new RegExp(String.raw`${edge}${day}\.?${to}\.?,? (?:day )?(?:of |de )?${month}${year}${end}`, 'giu')
const monthFirst = new RegExp(String.raw`${edge}${month} (?:the )?${day}(?![\d:])${to}${year}${end}`, 'giu')
const withYear = /(?<![\p{L}\p{N}./-])(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2}))(?![\p{L}\p{N}]|[./-]\d)/gu
/** 05/03: a slash between two numbers is a date when it can be one. "24/7" cannot, "1/2" is more often a half. */
const withoutYear = /(?<![\p{L}\p{N}./$€£-])(?:(0\d|1\d|2\d|3[01])\/(\d{1,2})|(\d{1,2})\/(0\d|1\d|2\d|3[01]))(?![\p{L}\p{N}]|[./-]\d|%)/gu
/** A month alone is a date where a preposition or a year says so: "you may" and "march on" do not. */
const monthAlone = new RegExp(
  String.raw`${edge}(?:(?:in|by|until|till|from|since|to|through|of|early|late|mid|before|after|during|next|last|end of)[ -])${month}${year}${end}|${edge}${month},? (\d{4})${end}`,
  'giu',
)
const weekdays =
  /(?<![\p{L}\p{N}])(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?![\p{L}\p{N}])(?: ?(?:-|–|to|through) ?(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?![\p{L}\p{N}]))?/gu
const weekdayNames = ['Mon', 'Tues', 'Wednes', 'Thurs', 'Fri', 'Satur', 'Sun']
const clocks =
  /(?<![\p{L}\p{N}.,:])(\d{1,2})(?:[:.](\d{2}))? ?(a\.?m|p\.?m)(?![\p{L}\p{N}])\.?|(?<![\p{L}\p{N}.,:])(\d{1,2}):(\d{2})(?::\d{2})?(?: ?(?:h|uhr)\b)?(?![\p{L}\p{N}:])/giu

const numberOf = (written: string): number => {
  const place = ordinalWords.indexOf(written.toLowerCase())
  return place === -1 ? Number.parseInt(written, 10) : place + 1
}
const isDay = (value: number) => value >= 1 && value <= 31
const isMonth = (value: number) => value >= 1 && value <= 12

function keysOfDays(monthName: string, days: (string | undefined)[], yearDigits: string | undefined): string[] | null {
  const numbers = days.filter((written) => written !== undefined).map(numberOf)
  if (!numbers.every(isDay)) return null
  const monthNumber = monthOf.get(monthName.toLowerCase())!
  return [...numbers.map((value) => `date:${monthNumber}-${value}`), ...(yearDigits ? [`${yearDigits} `] : [])]
}

/** What 05/03 can mean: the fifth of March and the third of May. */
function keysOfNumbers(first: number, second: number, yearDigits: string | undefined): string[] | null {
  const readings = [
    [first, second],
    [second, first],
  ].filter(([monthNumber, dayNumber]) => isMonth(monthNumber!) && isDay(dayNumber!))
  if (readings.length === 0) return null
  const fullYear = yearDigits?.length === 2 ? `20${yearDigits}` : yearDigits
  return [
    [...new Set(readings.map(([monthNumber, dayNumber]) => `date:${monthNumber}-${dayNumber}`))].join('|'),
    ...(fullYear ? [`${fullYear} `] : []),
  ]
}

export const readDates: ReadFacts = (text) => {
  const found: FoundFact[] = []
  found.push(...factsOf(text, dayFirst, ([, from, until, name, years]) => keysOfDays(name!, [from, until], years)))
  found.push(...factsOf(text, monthFirst, ([, name, from, until, years]) => keysOfDays(name!, [from, until], years)))
  found.push(
    ...factsOf(text, withYear, ([, yearFirst, , monthDigits, dayDigits, first, , second, yearLast]) =>
      yearFirst ? keysOfDays(months[Number(monthDigits) - 1] ?? '', [dayDigits], yearFirst) : keysOfNumbers(Number(first), Number(second), yearLast),
    ),
  )
  found.push(
    ...factsOf(text, withoutYear, ([, first, second, third, fourth]) => keysOfNumbers(Number(first ?? third), Number(second ?? fourth), undefined)),
  )
  return found
}

export const readMonths: ReadFacts = (text) =>
  factsOf(text, monthAlone, ([, name, years, otherName, otherYears]) => {
    const written = name ?? otherName!
    // Only a capital tells a month from a verb, and from a word of another language.
    const known = monthOf.get(written.toLowerCase())!
    return /^\p{Lu}/u.test(written) ? [`month:${known}`, ...((years ?? otherYears) ? [`${years ?? otherYears} `] : [])] : null
  })

export const readWeekdays: ReadFacts = (text) =>
  factsOf(text, weekdays, ([, from, until]) => {
    const [first, last] = [weekdayNames.indexOf(from!), weekdayNames.indexOf(until ?? from!)]
    const length = ((last - first + 7) % 7) + 1
    return Array.from({ length }, (_, index) => `weekday:${(first + index) % 7}`)
  })

export const readTimes: ReadFacts = (text) =>
  factsOf(text, clocks, ([, hour, minutes, half, otherHour, otherMinutes]) => {
    const hours = Number(hour ?? otherHour)
    if (hours > 24 || Number(minutes ?? otherMinutes ?? 0) > 59) return null
    const rest = minutes ?? otherMinutes ?? '00'
    if (half) return [`time:${(hours % 12) + (/^p/i.test(half) ? 12 : 0)}:${rest}`]
    // 5:30 can be in the afternoon, too.
    return [hours >= 1 && hours <= 12 ? `time:${hours % 12}:${rest}|time:${(hours % 12) + 12}:${rest}` : `time:${hours % 24}:${rest}`]
  })
