import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { lockArticle } from './store-article.ts'

/** Gone for every search when it returns: hits are looked up here before they are shown. The index is tidied in the background. */
export async function deleteArticle(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { articleId }: { articleId: string },
): Promise<{ id: string }> {
  await database.$transaction(async (tx) => {
    if (!(await lockArticle(tx, articleId))) throw new NotFoundError('article')
    await tx.article.delete({ where: { id: articleId } })
    await queue.send('index-articles', { articleIds: [articleId] }, { transaction: tx })
  })
  return { id: articleId }
}
