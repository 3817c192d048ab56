import type { Fact, FoundFact, ReadFacts } from './fact.ts'
import { readCodes, readEmails, readLinks, readPhones, readPostalAddresses } from './read-addresses.ts'
import { readDates, readMonths, readTimes, readWeekdays } from './read-dates.ts'
import { readQuantities } from './read-quantities.ts'

// Each sees only what those before it have left: the digits of a date are no amount, those of a link are no telephone number.
const readers: ReadFacts[] = [
  readEmails,
  readLinks,
  readDates,
  readTimes,
  readPostalAddresses,
  readPhones,
  readCodes,
  readMonths,
  readWeekdays,
  readQuantities,
]
const listNumber = /^[ \t]{0,8}\d{1,3}[.)](?=\s)/gm

/** Numbers with their units, amounts, dates and times, telephone numbers, postal and e-mail addresses, links and codes, in their order. */
export function findFacts(text: string): Fact[] {
  let rest = plainDigits(text.normalize('NFKC'))
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(listNumber, blank)
  const facts: FoundFact[] = []
  for (const read of readers) {
    const found = read(rest).sort((a, b) => a.start - b.start || b.end - a.end)
    let after = ''
    let at = 0
    for (const fact of found) {
      if (fact.start < at) continue
      facts.push(fact)
      after += rest.slice(at, fact.start) + blank(rest.slice(fact.start, fact.end))
      at = fact.end
    }
    rest = after + rest.slice(at)
  }
  return facts.sort((a, b) => a.start - b.start).map(({ text: written, keys }) => ({ text: written, keys }))
}

const blank = (text: string) => '|'.repeat(text.length)

/** Digits of other scripts as ours: every script has its ten in a row. */
function plainDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    let below = digit.codePointAt(0)!
    while (/\p{Nd}/u.test(String.fromCodePoint(below - 1))) below -= 1
    return String((digit.codePointAt(0)! - below) % 10)
  })
}

/** What the sources have, read once for all sentences that are compared with it. */
export class KnownFacts {
  readonly #keys = new Set<string>()
  readonly #phones: string[] = []

  /** Links and addresses are known only from `sources`, everything else also from `alsoSaid`. */
  constructor(sources: string[], alsoSaid: string[] = []) {
    for (const source of sources) for (const key of keysIn(source)) this.#add(key)
    for (const said of alsoSaid) for (const key of keysIn(said)) if (!isAddress(key)) this.#add(key)
  }

  #add(key: string): void {
    this.#keys.add(key)
    const [value, kind] = key.split(' ')
    if (isAddress(key)) for (const start of addressStarts(key)) this.#keys.add(start)
    else if (key.startsWith('tel:')) this.#phones.push(key.slice(4))
    else if (key.startsWith('date:')) this.#keys.add(`month:${/\d+/.exec(key)![0]}`)
    else if (kind !== undefined) {
      this.#keys.add(`${value} any`)
      if (kind === '') this.#keys.add(`${value} bare`)
    }
  }

  has({ keys }: Fact): boolean {
    return keys.every((key) => key.split('|').some((reading) => this.#hasKey(reading)))
  }

  // A number without a unit may have any unit in the source, and the other way round.
  #hasKey(key: string): boolean {
    if (this.#keys.has(key)) return true
    if (key.startsWith('tel:')) {
      const digits = key.slice(4)
      // With and without the country code.
      return this.#phones.some((phone) => Math.min(phone.length, digits.length) >= 7 && (phone.endsWith(digits) || digits.endsWith(phone)))
    }
    const [value, kind] = key.split(' ')
    if (kind === undefined) return false
    return kind === '' ? this.#keys.has(`${value} any`) : this.#keys.has(`${value} bare`)
  }
}

const keysIn = (text: string) => findFacts(text).flatMap(({ keys }) => keys.flatMap((key) => key.split('|')))

/** E-mail addresses and links have neither a unit nor the name of a kind. */
const isAddress = (key: string) => !key.includes(' ') && !/^(?:tel|date|month|weekday|time|place|code):/.test(key)

/** "a.example/b/c" is also a source for "a.example" and "a.example/b". */
function addressStarts(address: string): string[] {
  return [...address.matchAll(/[/?]/g)].slice(0, 20).map(({ index }) => address.slice(0, index))
}

/** The facts of a text that none of the sources has. */
export function missingFacts(text: string, sources: string[] | KnownFacts): Fact[] {
  const known = sources instanceof KnownFacts ? sources : new KnownFacts(sources)
  return findFacts(text).filter((fact) => !known.has(fact))
}
