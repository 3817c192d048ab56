import type { ArticlePair } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'

/** Takes the pair off the list until one of its articles changes. Idempotent. */
export async function dismissArticlePair({ database }: Pick<Resources, 'database'>, { pairId }: { pairId: string }): Promise<ArticlePair> {
  await database.articlePair.updateMany({ where: { id: pairId, dismissedAt: null }, data: { dismissedAt: new Date() } })
  const pair = await database.articlePair.findUnique({ where: { id: pairId } })
  if (!pair) throw new NotFoundError('article pair')
  return pair
}
