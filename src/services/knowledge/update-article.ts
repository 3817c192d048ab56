import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { awaitIndexed } from './await-indexed.ts'
import { type ArticleContent, checkArticle } from './check-article.ts'
import { checkVersion } from './check-version.ts'
import { differences, lockArticle, storeChange } from './store-article.ts'

export type ArticleChange = { articleId: string; expectedVersion?: number | null } & { [Key in keyof ArticleContent]?: ArticleContent[Key] | null }

/** Changes what is given and leaves the rest. A change that changes nothing makes no new version. */
export async function updateArticle(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  { articleId, expectedVersion, ...input }: ArticleChange,
  { by }: { by: Viewer | null },
): Promise<Article> {
  const content = checkArticle(input)
  const article = await resources.database.$transaction(async (tx) => {
    const current = await lockArticle(tx, articleId)
    if (!current) throw new NotFoundError('article')
    checkVersion(current, expectedVersion)
    const changes = differences(current, content)
    if (Object.keys(changes).length === 0) return current
    const changed = await storeChange(tx, current, changes, { authorId: by?.agentId ?? null })
    await resources.queue.send('index-articles', { articleIds: [changed.id] }, { transaction: tx })
    await recordAudit(tx, by, {
      action: 'updateArticle',
      targetType: 'Article',
      targetId: articleId,
      details: { version: changed.version, status: changed.status },
    })
    return changed
  })
  return awaitIndexed(resources, article)
}
