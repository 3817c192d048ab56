import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { checkVersion } from './check-version.ts'
import { lockArticle } from './store-article.ts'

/** Gone for every search when it returns: hits are looked up here before they are shown. The index is tidied in the background. */
export async function deleteArticle(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { articleId, expectedVersion, by = null }: { articleId: string; expectedVersion?: number | null; by?: Viewer | null },
): Promise<{ id: string }> {
  await database.$transaction(async (tx) => {
    const article = await lockArticle(tx, articleId)
    if (!article) throw new NotFoundError('article')
    checkVersion(article, expectedVersion)
    await tx.article.delete({ where: { id: articleId } })
    await queue.send('index-articles', { articleIds: [articleId] }, { transaction: tx })
    await recordAudit(tx, by, { action: 'deleteArticle', targetType: 'Article', targetId: articleId, details: { version: article.version } })
  })
  return { id: articleId }
}
