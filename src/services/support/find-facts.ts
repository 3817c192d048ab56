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
  return locateFacts(text).map(({ text: written, keys }) => ({ text: written, keys }))
}

/** The same, with where they stand in the text. */
export function locateFacts(text: string): FoundFact[] {
  const { plain, shortened } = plainText(text)
  let rest = plain.replace(listNumber, blank)
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
  facts.sort((a, b) => a.start - b.start)
  return shortened.length === 0 ? facts : facts.map((fact) => ({ ...fact, start: fact.start + before(fact.start), end: fact.end + before(fact.end) }))

  /** How many stand before it, by halving: a text can be all of them. */
  function before(place: number): number {
    let [low, high] = [0, shortened.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (shortened[middle]! < place) low = middle + 1
      else high = middle
    }
    return low
  }
}

const blank = (text: string) => '|'.repeat(text.length)

// Other widths, styles and scripts of what is in plain digits and letters here, and spaces that do not break.
const otherForms = /[\uff01-\uff5e\u3000\u00a0\u2007\u202f\u{1d400}-\u{1d7ff}]|[^\P{Nd}0-9]/gu
const plainForms = new Map<string, string>()

/** As far as facts are concerned; where two code units became one, `shortened` says. */
function plainText(text: string): { plain: string; shortened: number[] } {
  const shortened: number[] = []
  const plain = text.replace(otherForms, (character, place: number) => {
    let form = plainForms.get(character)
    if (form === undefined) {
      form = plainForm(character)
      plainForms.set(character, form)
    }
    if (form.length < character.length) shortened.push(place - shortened.length)
    return form
  })
  return { plain, shortened }
}

/** Digits of other scripts as ours: every script has its ten in a row. */
function plainForm(character: string): string {
  const form = character.normalize('NFKC')
  if (form.length === 1 && !/[^\P{Nd}0-9]/u.test(form)) return form
  if (!/\p{Nd}/u.test(character)) return character
  let below = character.codePointAt(0)!
  while (/\p{Nd}/u.test(String.fromCodePoint(below - 1))) below -= 1
  return String((character.codePointAt(0)! - below) % 10)
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
