import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { plainSentence } from '../support/word-recall.ts'
import { readValues, type Value } from './read-values.ts'

/** A sentence that says something in numbers, with what it is about. */
export interface Claim {
  articleId: string
  title: string
  /** Section and subsection, without the title. */
  heading: string
  sentence: string
  /** The same with its numbers taken out: what two claims about one thing have in common. */
  masked: string
  values: (Value & { clause: Set<string> })[]
  words: Set<string>
}

const longestSentence = 600
const shortWords = 3

export function readClaims({ articleId, heading, text }: { articleId: string; heading: string; text: string }): Claim[] {
  const [title = '', ...path] = heading.split(' › ')
  return sentenceSpans(text).flatMap((span): Claim[] => {
    const sentence = plainSentence(span.text)
    // Tables of many numbers and questions claim nothing that could be set against one sentence.
    if (sentence.length > longestSentence || sentence.endsWith('?') || /\|.*\|/.test(span.text)) return []
    const values = readValues(sentence)
    if (values.length === 0) return []
    const about = path.join(' ')
    const own = contentWords(maskValues(sentence, values, () => ' '))
    // "Up to 3 a day." says what it is about in its headings.
    const isShort = own.length < shortWords
    const words = new Set(isShort ? [...own, ...contentWords(`${title} ${about}`)] : own)
    const masked = maskValues(sentence, values, describe)
    return [
      {
        articleId,
        title,
        heading: about,
        sentence,
        masked: isShort ? `${about || title}: ${masked}` : masked,
        values: values.map((value) => ({ ...value, clause: new Set(contentWords(clauseAround(sentence, value, values))) })),
        words,
      },
    ]
  })
}

function maskValues(sentence: string, values: Value[], mask: (value: Value) => string): string {
  let masked = ''
  let at = 0
  for (const value of values) {
    if (value.start < at) continue
    masked += sentence.slice(at, value.start) + mask(value)
    at = value.end
  }
  return masked + sentence.slice(at)
}

function describe({ kind, text }: Value): string {
  if (kind === 'time' || kind === 'workdays') return 'some days'
  if (kind.startsWith('money')) return 'some money'
  if (kind === 'percent') return 'some percent'
  return `some ${text.replace(/[^\p{L} ]/gu, '').trim()}`
}

/** The words between the commas around a value, other values taken out. */
function clauseAround(sentence: string, value: Value, values: Value[]): string {
  const plain = maskValues(sentence, values, ({ text }) => ' '.repeat(text.length))
  const boundary = /[;:()]|,\s|\s[–—]\s|\s(?:and|but|or)\s/g
  let [from, to] = [0, plain.length]
  for (const { index, 0: text } of plain.matchAll(boundary)) {
    if (index + text.length <= value.start) from = index + text.length
    else if (index >= value.end) {
      to = index
      break
    }
  }
  return plain.slice(from, to)
}
