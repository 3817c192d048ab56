import { checkVisibleText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

const mostPoints = 10_000_000
const mostTokens = 1_000_000_000

/** One line that can be seen: it stands in lists, in logs and beside messages. */
export function checkLine(field: string, value: string): string {
  const line = checkVisibleText(field, value, { maximum: limits.name }).trim()
  if (/[\n\r\t\u2028\u2029]/.test(line)) throw new InvalidInputError(`${field} has more than one line. Write it in one.`)
  return line
}

export function checkExpiry(expiresAt: Date | null | undefined, now = new Date()): Date | null {
  if (expiresAt && expiresAt <= now)
    throw new InvalidInputError('expiresAt is in the past. Give a time to come, or leave it out for a key that stays.')
  return expiresAt ?? null
}

/** What a key may use up; null: what its role has. */
export function checkBudgets({ costPerMinute, llmTokensPerDay }: { costPerMinute?: number | null; llmTokensPerDay?: number | null }) {
  return {
    costPerMinute: checkBudget('costPerMinute', costPerMinute, mostPoints),
    llmTokensPerDay: checkBudget('llmTokensPerDay', llmTokensPerDay, mostTokens),
  }
}

function checkBudget(field: string, value: number | null | undefined, maximum: number): number | null {
  if (value == null) return null
  if (value < 1 || value > maximum) throw new InvalidInputError(`${field} must be from 1 to ${maximum}, and is ${value}.`)
  return value
}
