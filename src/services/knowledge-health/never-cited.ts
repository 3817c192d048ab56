import type { Prisma } from '../../generated/prisma/client.ts'
import { InvalidInputError } from '../errors.ts'

const mostDays = 3_650
const dayMs = 86_400_000

/** PUBLISHED articles of that age for customers which no draft rested on; drafts never rest on INTERNAL ones. A citation that was only offered to the generator does not count. */
export function neverCited({ olderThanDays }: { olderThanDays: number }): Prisma.ArticleWhereInput {
  if (olderThanDays < 0 || olderThanDays > mostDays)
    throw new InvalidInputError(`olderThanDays is ${olderThanDays}, and 0 to ${mostDays} is allowed. Give the age in whole days.`)
  return {
    status: 'PUBLISHED',
    audience: 'PUBLIC',
    createdAt: { lte: new Date(Date.now() - olderThanDays * dayMs) },
    citations: { none: { used: true } },
  }
}
