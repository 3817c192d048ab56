import { stripInvisible } from '../lib/text/strip-invisible.ts'
import { InvalidInputError } from './errors.ts'

/** Longest texts, in UTF-16 code units. One place, so that the same kind of text has the same limit everywhere. */
export const limits = {
  message: 20_000,
  articleBody: 200_000,
  articleFile: 500_000,
  csvFile: 5_000_000,
  importFiles: 5_000,
  importUrls: 2_000,
  title: 300,
  name: 200,
  note: 5_000,
  comment: 2_000,
  phrasing: 500,
  phrasings: 100,
  intentExample: 1_000,
  /** At once. */
  intentExamples: 1_000,
  allIntentExamples: 20_000,
  query: 2_000,
  key: 200,
  url: 2_000,
} as const

// Control characters other than tab, line feed and carriage return: PostgreSQL cannot store NUL, and no person types the rest.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const loneSurrogate = /\p{Surrogate}/u

/** Returns the text as it is, or throws an InvalidInputError that names the field, the limit and what is wrong. */
export function checkText(field: string, value: string, { maximum, allowEmpty = false }: { maximum: number; allowEmpty?: boolean }): string {
  if (!allowEmpty && value.trim() === '') throw new InvalidInputError(`${field} is empty. Write at least one character.`)
  if (value.length > maximum)
    throw new InvalidInputError(`${field} has ${value.length} characters, and at most ${maximum} are allowed. Shorten it or split it.`)
  if (controlCharacters.test(value)) throw new InvalidInputError(`${field} contains control characters. Remove them; line breaks and tabs are fine.`)
  if (loneSurrogate.test(value)) throw new InvalidInputError(`${field} contains half of a character (a lone surrogate). Send well-formed Unicode.`)
  return value
}

export function checkOptionalText(field: string, value: string | null | undefined, { maximum }: { maximum: number }): string | null {
  if (value === null || value === undefined || value.trim() === '') return null
  return checkText(field, value, { maximum })
}

/** A text of a stranger, without what nobody sees and a model would read. */
export function checkVisibleText(field: string, value: string, { maximum }: { maximum: number }): string {
  const visible = stripInvisible(checkText(field, value, { maximum }))
  if (visible.trim() === '') throw new InvalidInputError(`${field} has only characters that nobody can see. Write at least one that can be seen.`)
  return visible
}

/** The same, with nothing where there is nothing to see. */
export function checkOptionalVisibleText(field: string, value: string | null | undefined, { maximum }: { maximum: number }): string | null {
  return checkOptionalText(field, stripInvisible(checkOptionalText(field, value, { maximum }) ?? ''), { maximum })
}
