export interface RedactionContext {
  /** Of the customer whose conversation it is: never left standing, whole or in part. */
  names?: string[]
  /** Addresses and numbers that are the company's own, and stay. */
  isPublic?: (detail: string) => boolean
}

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu
const iban = /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z\d]{4}){2,7}(?:[ ]?[A-Z\d]{1,3})?\b/g
const cardNumber = /(?<![\d.,-])\d(?:[ -]?\d){12,18}(?![\d-])/g
const order =
  /\b(?<noun>order|ticket|case|invoice|tracking|reference|parcel|booking|customer|account)(?<between>(?:\s+(?:number|no\.?|id))?\s*(?:is|:)?\s*)#?(?:[A-Z]{1,5}-?)?\d[\dA-Z-]{2,30}\b|#\d[\dA-Z-]{2,30}\b|\b[A-Z]{2,5}-?\d{4,20}[A-Z]{0,3}\b/giu
const phone =
  /(?<![\w$€£.,+-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]\d{2,4}){2,4}(?![\w-])|(?<!\w)\+\d{8,15}(?!\w)|(?<![\w.,€$£-])\d{9,15}(?![\w.,-])/g
const mostNames = 20

/**
 * A text without what leads to a person: e-mail addresses, IBANs (by their check digits), cards (by Luhn's), order numbers, telephone numbers and
 * the customer's names, each replaced by its kind in brackets. Linear in the text.
 */
export function redact(text: string, { names = [], isPublic = () => false }: RedactionContext = {}): string {
  const withoutAddresses = text.includes('@') ? text.replace(email, (found) => (isPublic(found) ? found : '[email]')) : text
  let plain = /\d/.test(text) ? withoutNumbers(withoutAddresses, isPublic) : withoutAddresses
  for (const name of namesOf(names))
    plain = plain.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?:['’]s)?(?![\\p{L}\\p{N}])`, 'giu'), '[name]')
  return plain
}

function withoutNumbers(text: string, isPublic: (detail: string) => boolean): string {
  return text
    .replace(iban, (found) => (isIban(found) ? '[iban]' : found))
    .replace(cardNumber, (found) => (isCard(found) ? '[card]' : found))
    .replace(order, (found, ...rest) => {
      const { noun, between } = rest.at(-1) as { noun?: string; between?: string }
      return noun ? `${noun}${between || ' '}[order]` : isPublic(found) ? found : '[order]'
    })
    .replace(phone, (found) => (isDate(found) || isPublic(found) ? found : '[phone]'))
}

/** Whole names first. A part of one letter, or of an ordinary word alone such as "Will", would take too much with it, but a name is a name. */
function namesOf(names: string[]): string[] {
  const whole = names.map((name) => name.trim()).filter((name) => name.length >= 2 && name.length <= 200)
  const parts = whole.flatMap((name) => name.split(/[\s,]+/)).filter((part) => part.length >= 2 && /^\p{L}[\p{L}'’.-]*$/u.test(part))
  return [...new Set([...whole, ...parts])].sort((a, b) => b.length - a.length).slice(0, mostNames)
}

function isIban(text: string): boolean {
  const code = text.replace(/ /g, '')
  if (code.length < 15 || code.length > 34) return false
  let rest = 0
  for (const character of `${code.slice(4)}${code.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19) return false
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** "2026-11-25" and "25.11.2026" are no telephone numbers. */
const isDate = (text: string) => /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})$/.test(text.trim())
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
