import type { ArticlePair } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'

/** Takes the pair off the list until one of its articles changes. Idempotent. */
export async function dismissArticlePair(
  { database }: Pick<Resources, 'database'>,
  { pairId, by }: { pairId: string; by: Viewer | null },
): Promise<ArticlePair> {
  return database.$transaction(async (tx) => {
    const { count } = await tx.articlePair.updateMany({ where: { id: pairId, dismissedAt: null }, data: { dismissedAt: new Date() } })
    if (count > 0) await recordAudit(tx, by, { action: 'dismissArticlePair', targetType: 'ArticlePair', targetId: pairId })
    const pair = await tx.articlePair.findUnique({ where: { id: pairId } })
    if (!pair) throw new NotFoundError('article pair')
    return pair
  })
}
