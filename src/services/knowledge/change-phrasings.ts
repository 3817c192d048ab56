import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { checkPhrasings, storePhrasings } from './phrasings.ts'
import { lockArticle } from './store-article.ts'

type Change = { articleId: string; phrasings: string[]; by?: Viewer | null }
type Needed = Pick<Resources, 'database' | 'queue'>

/** Ways in which customers ask for the article, by which it is found as well. One that it has already is not added again. */
export function addArticlePhrasings(resources: Needed, { articleId, phrasings, by = null }: Change): Promise<Article> {
  return change(resources, { action: 'addArticlePhrasings', articleId, by }, (texts) => [...texts, ...phrasings])
}

/** Takes phrasings away, whatever their case. One that it does not have is no error: it is gone. */
export function removeArticlePhrasings(resources: Needed, { articleId, phrasings, by = null }: Change): Promise<Article> {
  const gone = new Set(checkPhrasings(phrasings).map((text) => text.toLowerCase()))
  return change(resources, { action: 'removeArticlePhrasings', articleId, by }, (texts) => texts.filter((text) => !gone.has(text.toLowerCase())))
}

async function change(
  { database, queue }: Needed,
  { action, articleId, by }: { action: string; articleId: string; by: Viewer | null },
  changed: (texts: string[]) => string[],
): Promise<Article> {
  return database.$transaction(async (tx) => {
    const article = await lockArticle(tx, articleId)
    if (!article) throw new NotFoundError('article')
    const stored = await tx.phrasing.findMany({ where: { articleId }, orderBy: { id: 'asc' } })
    const phrasings = checkPhrasings(changed(stored.map(({ text }) => text)))
    if (!(await storePhrasings(tx, articleId, phrasings))) return article
    await queue.send('index-articles', { articleIds: [articleId] }, { transaction: tx })
    await recordAudit(tx, by, { action, targetType: 'Article', targetId: articleId, details: { phrasings: phrasings.length } })
    return article
  })
}
