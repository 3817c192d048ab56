import type { Transaction } from '../../stores/database.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

/** Each text once, in the order given. */
export function checkExamples(examples: string[]): string[] {
  if (examples.length > limits.intentExamples)
    throw new InvalidInputError(`There are ${examples.length} examples, and at most ${limits.intentExamples} are taken at once. Split them.`)
  return [...new Set(examples.map((text, index) => checkText(`examples[${index}]`, text, { maximum: limits.intentExample }).trim()))]
}

/** The router holds all of them in memory and learns from all of them, each time. */
export async function checkRoom(tx: Transaction): Promise<void> {
  const count = await tx.intentExample.count()
  if (count > limits.allIntentExamples)
    throw new InvalidInputError(
      `With these there would be ${count} examples, and the router learns from at most ${limits.allIntentExamples}. Remove some with removeIntentExamples first.`,
    )
}
