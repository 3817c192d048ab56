import { findFacts } from '../support/find-facts.ts'

/** What is known of the customer whose conversation an answer comes from. */
export interface KnownCustomer {
  name: string | null
  email: string | null
  /** What they wrote: their addresses and numbers are in it. */
  wrote: string
}

const email = /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g
const phone = /(?<![\w$€£.,+-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]?\d{2,4}){2,4}(?!\w)/g
/** "order #12345", "ticket AB-1234-99", "NW48213", and any long number. */
const reference =
  /\b(order|ticket|case|invoice|tracking|reference|parcel|booking|customer|account)(\s+(?:number|no\.?|id))?\s*[:#]?\s*#?(?:[A-Z]{1,4}-?)?\d[\dA-Z-]{2,30}\b|#\d[\dA-Z-]{2,30}\b|\b[A-Z]{2,4}-?\d{4,20}[A-Z]{0,3}\b|(?<![\w.,€$£])\d{6,30}(?![\w.,])/gi

/**
 * A sentence of an agent without the person it was written to: names, e-mail addresses, telephone and order numbers. `isPublic` says which
 * addresses and numbers are the company's own, and stay. Null when nothing general is left of it.
 */
export function withoutPrivateDetails(sentence: string, customer: KnownCustomer, isPublic: (text: string) => boolean): string | null {
  const theirs = new Set(findFacts(customer.wrote).map(({ text }) => text.toLowerCase()))
  if (customer.email) theirs.add(customer.email.toLowerCase())
  let isPersonal = false
  const dropped = (text: string) => {
    if (isPublic(text) && !theirs.has(text.toLowerCase())) return text
    isPersonal = true
    return ''
  }
  let plain = sentence
    .replace(email, dropped)
    .replace(reference, (text, noun?: string) => (noun ? noun : dropped(text)))
    .replace(phone, dropped)
  for (const name of namesOf(customer)) {
    plain = plain
      // "Ann, you can …" and "you can, Ann." address somebody.
      .replace(new RegExp(`^\\s*(?:dear |hi |hello |thanks,? |thank you,? )?${name}\\s*[,!:–-]\\s*`, 'iu'), '')
      .replace(new RegExp(`,\\s*${name}(?=[\\s]*[,.!?]|$)`, 'giu'), '')
    // Whatever else is said about them is about them alone.
    if (new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'iu').test(plain)) return null
  }
  if (isPersonal) return null
  const tidy = plain
    .replace(/\s+([,.!?])/g, '$1')
    .replace(/\s{2,}/g, ' ')
    .trim()
  return tidy === '' ? null : tidy.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** "Hi there," greets nobody by name. */
const notNames = new Set(['there', 'all', 'team', 'everyone', 'sir', 'madam', 'customer', 'friend', 'mr', 'mrs', 'ms', 'dr'])

function namesOf({ name }: KnownCustomer): string[] {
  const parts = (name ?? '').split(/\s+/).filter((part) => /^\p{L}[\p{L}'’-]+$/u.test(part))
  return [...new Set(parts.length > 1 ? [parts.join(' '), ...parts] : parts)].filter((part) => !notNames.has(part.toLowerCase()))
}
