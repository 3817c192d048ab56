import type { Transaction } from '../../stores/database.ts'
import { InvalidInputError } from '../errors.ts'

const longest = 100

/** "How much does shipping cost?" → how-much-does-shipping-cost; a title without Latin letters or digits becomes "article". */
export function slugFrom(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest - 10)
    .replace(/^-+|-+$/g, '')
  return slug || 'article'
}

export const isSlug = (text: string) => text.length <= longest && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

export function checkSlug(slug: string): string {
  if (!isSlug(slug)) {
    throw new InvalidInputError(`slug must be lower-case letters, digits and single hyphens, at most ${longest}, such as return-policy.`)
  }
  return slug
}

/** The slug, or the first of slug-2, slug-3 … that no article has. Two writers can still choose the same: the unique index lets one of them win. */
export async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  const taken = await tx.article.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } })
  const slugs = new Set(taken.map(({ slug }) => slug))
  if (!slugs.has(wanted)) return wanted
  for (let number = 2; ; number++) if (!slugs.has(`${wanted}-${number}`)) return `${wanted}-${number}`
}
