import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { awaitIndexed } from './await-indexed.ts'
import { checkVersion } from './check-version.ts'
import { differences, lockArticle, storeChange } from './store-article.ts'

/** Takes up what an earlier version said, audience and status included, as a new version. History only grows. */
export async function restoreArticleVersion(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  { articleId, version, expectedVersion }: { articleId: string; version: number; expectedVersion?: number | null },
  { by }: { by: Viewer | null },
): Promise<Article> {
  const article = await resources.database.$transaction(async (tx) => {
    const current = await lockArticle(tx, articleId)
    if (!current) throw new NotFoundError('article')
    checkVersion(current, expectedVersion)
    const earlier = await tx.articleVersion.findUnique({ where: { articleId_version: { articleId, version } } })
    if (!earlier) throw new NotFoundError('version of this article')
    const { title, body, category, tags, audience, locale, status } = earlier
    const changes = differences(current, { title, body, category, tags, audience, locale, status })
    if (Object.keys(changes).length === 0) return current
    const restored = await storeChange(tx, current, changes, { authorId: by?.agentId ?? null, restoredFrom: version })
    await resources.queue.send('index-articles', { articleIds: [articleId] }, { transaction: tx })
    await recordAudit(tx, by, {
      action: 'restoreArticleVersion',
      targetType: 'Article',
      targetId: articleId,
      details: { version: restored.version, status: restored.status, restoredFrom: version },
    })
    return restored
  })
  return awaitIndexed(resources, article)
}
