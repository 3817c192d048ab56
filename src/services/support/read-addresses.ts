import { type FoundFact, factsOf, type ReadFacts, spacedLetters } from './fact.ts'

// Every repetition that a failed match can go back over is bounded: a customer's 20,000 characters of "a-" must not hold up the server.
const label = String.raw`[\p{L}\p{N}_-]{1,63}`
const rest = String.raw`[^\s<>()"'|]`
const links = new RegExp(
  [
    String.raw`(?<![${spacedLetters}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/${rest}+`,
    String.raw`(?<![${spacedLetters}\p{N}_.@-])www\.${rest}+`,
    // A bare domain: the last label is of letters, and small as people write it.
    String.raw`(?<![\p{L}\p{N}_.@/-])(?:${label}\.){1,8}(?:\p{Ll}{2,24}|[A-Z]{2,24})(?![\p{L}\p{N}_@])(?::\d{1,5})?(?:[/?#]${rest}*)?`,
  ].join('|'),
  'giu',
)
const emails = new RegExp(String.raw`(?<![\p{L}\p{N}_][.+-])(?<![\p{L}\p{N}_])[\p{L}\p{N}_.+-]{1,64}@${label}(?:\.${label}){1,8}`, 'giu')
/** "sales [at] shop (dot) example": written so that machines do not see it. */
const hiddenEmails =
  /(?<![\w.+-])[\w.+-]{1,64}(?: ?[[({] ?at ?[\])}] ?[\w-]{1,63}(?:(?: ?[[({] ?dot ?[\])}] ?| dot |\.)[\w-]{1,63}){1,4}| at [\w-]{1,63}(?: dot [\w-]{1,63}){1,4})(?![\w-])/gi
const fileName = /^[^/?#]*\.(?:pdf|jpe?g|png|gif|heic|webp|txt|md|csv|docx?|xlsx?|pptx?|mp[34]|mov)$/i
/** "Yes.Then no": a sentence that began without a space, unless the word is one that addresses end in. */
const nextSentence =
  /^[^/?#:]*\.(?!(?:com|org|net|io|co|info|biz|shop|app|dev|example|eu|uk|us|de|fr|ru|cn|xyz|top|site|online|store|me|ly)$)\p{Lu}\p{Ll}+$/iu
const startsLarge = /\.\p{Lu}\p{Ll}+$/u
const abbreviation = /^(?:\p{L}\.)+\p{L}{1,2}$/u

export const readEmails: ReadFacts = (text) => [
  ...factsOf(text, emails, ([email]) => [email.replace(/[.+-]+$/, '').toLowerCase()]),
  ...factsOf(text, hiddenEmails, ([written]) => [
    written
      .toLowerCase()
      .replace(/ ?[[({] ?at ?[\])}] ?| at /, '@')
      .replace(/ ?[[({] ?dot ?[\])}] ?| dot /g, '.'),
  ]),
]

export const readLinks: ReadFacts = (text) =>
  factsOf(text, links, ([written]) => {
    const link = written.replace(/[.,;:!?\]*_`]+$/, '')
    if (fileName.test(link) || abbreviation.test(link) || (startsLarge.test(link) && nextSentence.test(link))) return null
    return [
      link
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/^www\./, '')
        .replace(/\/$/, ''),
    ]
  }).map((fact) => ({ ...fact, text: fact.text.replace(/[.,;:!?\]*_`]+$/, '') }))

/** Groups of digits as telephone numbers have them. Groups need something between them, or a long run of digits could be cut in a million ways. */
const phones =
  /(?<![\p{L}\p{N}_$€£¥₹.,+-])\+?(?:\(\d{1,5}\)|\d{1,17})(?:[ .\u2010-\u2012/-]{1,2}(?:\(\d{1,5}\)|\d{1,6})|\(\d{1,5}\)|(?<=\))\d{1,6}){0,8}(?![\p{L}\p{N}_%])/gu

export const readPhones: ReadFacts = (text) =>
  factsOf(text, phones, ([written]) => {
    const digits = written.replace(/\D/g, '')
    const groups = written.split(/\D+/).filter(Boolean).length
    const isLongRange = /^\d{1,4}[-–/]\d{1,4}$/.test(written)
    // 1.250.000 is a number.
    if (/^\d{1,3}(?:\.\d{3})+$/.test(written)) return null
    if (digits.length < 7 || digits.length > 17 || isLongRange || (groups === 1 && digits.length < 9)) return null
    return [`tel:${digits.replace(/^0+/, '').replace(/^1(?=\d{10}$)/, '')}`]
  })

const streetWords =
  'street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|square|sq|court|ct|place|pl|terrace|parkway|pkwy|highway|hwy|quay|row|close|crescent'
const streets = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}.,])\d{1,5}[A-Za-z]?,? )?(?<![\p{L}\p{N}])(?:(?!The |Our |Your |On |At |In |By |One |This |A )[\p{Lu}][\p{L}'’-]{1,30} ){1,4}(?:${streetWords
    .split('|')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('|')})(?![\p{L}\p{N}])\.?`,
  'gu',
)
const germanStreets = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}-]{2,40}(?:straße|strasse|weg|platz|allee|gasse)(?: \d{1,4}[a-z]?)?(?![\p{L}\p{N}])/gu
const boxes = /\bP\.? ?O\.? ?Box \d{1,8}/gi
const postcodes = /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\p{L}\p{N}])/gu
const streetNames: Record<string, string> = {
  st: 'street',
  ave: 'avenue',
  rd: 'road',
  ln: 'lane',
  dr: 'drive',
  blvd: 'boulevard',
  sq: 'square',
  ct: 'court',
  pl: 'place',
  pkwy: 'parkway',
  hwy: 'highway',
}

export const readPostalAddresses: ReadFacts = (text) => {
  const key = ([written]: RegExpExecArray) => {
    const words = written
      .toLowerCase()
      .replace(/[.,]/g, '')
      .replace(/strasse\b/, 'straße')
      .split(/\s+/)
    return [`place:${[...words.slice(0, -1), streetNames[words.at(-1)!] ?? words.at(-1)!].join('_')}`]
  }
  const found: FoundFact[] = []
  for (const pattern of [streets, germanStreets, boxes, postcodes]) found.push(...factsOf(text, pattern, key))
  return found
}

/** SAVE20, NW-4711-B: capitals and digits in one word. */
const codes = /(?<![\p{L}\p{N}_-])(?=[A-Z\d-]{0,30}\d)(?=[A-Z\d-]{0,30}[A-Z])[A-Z\d][A-Z\d-]{2,30}[A-Z\d](?![\p{L}\p{N}_-])/gu
const measured = /^\d+(?:MB|GB|TB|KB|KM|CM|MM|KG|AM|PM|ML|LB|LBS|OZ|HRS|MIN|ST|ND|RD|TH|USD|EUR|GBP)$|^(?:USD|EUR|GBP|CHF|CAD|AUD)\d+$/

export const readCodes: ReadFacts = (text) => factsOf(text, codes, ([code]) => (measured.test(code) ? null : [`code:${code.toLowerCase()}`]))
