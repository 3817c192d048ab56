import type { ArticleStatus, Audience, Prisma } from '../../generated/prisma/client.ts'
import { checkText, limits } from '../checked-input.ts'

type ArticleFilter = {
  category?: string | null
  status?: ArticleStatus[] | null
  audience?: Audience | null
  locale?: string | null
  tag?: string | null
  search?: string | null
}

/** What is not given does not narrow; an empty list of statuses is one that nothing has. */
export function articleFilter({ category, status, audience, locale, tag, search }: ArticleFilter): Prisma.ArticleWhereInput {
  const contains = search?.trim() && {
    contains: likePattern(checkText('filter.search', search, { maximum: limits.title })),
    mode: 'insensitive' as const,
  }
  return {
    ...(category && { category: anyCase(checkText('filter.category', category, { maximum: limits.name })) }),
    ...(status && { status: { in: status } }),
    ...(audience && { audience }),
    ...(locale && { locale: anyCase(checkText('filter.locale', locale, { maximum: limits.name })) }),
    ...(tag && { tags: { has: checkText('filter.tag', tag, { maximum: limits.name }) } }),
    ...(contains && { OR: [{ title: contains }, { body: contains }] }),
  }
}

// Prisma compares without case by ILIKE, which knows wildcards.
const anyCase = (value: string) => ({ equals: likePattern(value), mode: 'insensitive' as const })

// % and _ are what the person typed, not wildcards.
function likePattern(search: string): string {
  return search.trim().replace(/[\\%_]/g, '\\$&')
}
