import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { checkPhrasings, storePhrasings } from './phrasings.ts'
import { lockArticle } from './store-article.ts'

type Change = { articleId: string; phrasings: string[] }
type Needed = Pick<Resources, 'database' | 'queue'>

/** Ways in which customers ask for the article, by which it is found as well. One that it has already is not added again. */
export function addArticlePhrasings(resources: Needed, { articleId, phrasings }: Change): Promise<Article> {
  return change(resources, articleId, (texts) => [...texts, ...phrasings])
}

/** Takes phrasings away, whatever their case. One that it does not have is no error: it is gone. */
export function removeArticlePhrasings(resources: Needed, { articleId, phrasings }: Change): Promise<Article> {
  const gone = new Set(checkPhrasings(phrasings).map((text) => text.toLowerCase()))
  return change(resources, articleId, (texts) => texts.filter((text) => !gone.has(text.toLowerCase())))
}

async function change({ database, queue }: Needed, articleId: string, changed: (texts: string[]) => string[]): Promise<Article> {
  return database.$transaction(async (tx) => {
    const article = await lockArticle(tx, articleId)
    if (!article) throw new NotFoundError('article')
    const stored = await tx.phrasing.findMany({ where: { articleId }, orderBy: { id: 'asc' } })
    const hasChanged = await storePhrasings(tx, articleId, checkPhrasings(changed(stored.map(({ text }) => text))))
    if (hasChanged) await queue.send('index-articles', { articleIds: [articleId] }, { transaction: tx })
    return article
  })
}
