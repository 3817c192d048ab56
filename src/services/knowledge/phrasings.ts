import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import type { Transaction } from '../../stores/database.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

/** Tidied, each once whatever its case. Throws an InvalidInputError for too many, or one that is empty or too long. */
export function checkPhrasings(phrasings: string[]): string[] {
  const unique = new Map<string, string>()
  for (const phrasing of phrasings) {
    const text = checkText('phrasings', stripInvisible(phrasing).replace(/\s+/g, ' ').trim(), { maximum: limits.phrasing })
    if (!unique.has(text.toLowerCase())) unique.set(text.toLowerCase(), text)
    if (unique.size > limits.phrasings)
      throw new InvalidInputError(
        `phrasings has more than ${limits.phrasings} entries, and an article can have ${limits.phrasings}. Remove some first.`,
      )
  }
  return [...unique.values()]
}

/** Makes these the phrasings of the article, whose row the caller has locked. False when they were so already. The caller sees to its indexing. */
export async function storePhrasings(tx: Transaction, articleId: string, phrasings: string[]): Promise<boolean> {
  const stored = await tx.phrasing.findMany({ where: { articleId }, select: { text: true } })
  const known = new Set(stored.map(({ text }) => text))
  const wanted = new Set(phrasings)
  const added = phrasings.filter((text) => !known.has(text))
  const gone = [...known].filter((text) => !wanted.has(text))
  if (added.length === 0 && gone.length === 0) return false
  await tx.phrasing.deleteMany({ where: { articleId, text: { in: gone } } })
  // One by one, so that their ids keep the order in which they were given.
  for (const text of added) await tx.phrasing.create({ data: { articleId, text } })
  return true
}
