import type { Prisma } from '../../generated/prisma/client.ts'
import { InvalidInputError } from '../errors.ts'

const mostDays = 3_650
const dayMs = 86_400_000

/** PUBLISHED articles of that age which no draft rested on. A citation that was only offered to the generator does not count. */
export function neverCited({ olderThanDays }: { olderThanDays: number }): Prisma.ArticleWhereInput {
  if (olderThanDays < 0 || olderThanDays > mostDays)
    throw new InvalidInputError(`olderThanDays is ${olderThanDays}, and 0 to ${mostDays} is allowed. Give the age in whole days.`)
  return { status: 'PUBLISHED', createdAt: { lte: new Date(Date.now() - olderThanDays * dayMs) }, citations: { none: { used: true } } }
}
