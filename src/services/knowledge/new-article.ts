import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { ConflictError } from '../errors.ts'
import { type ArticleContent, checkArticle } from './check-article.ts'
import { checkSlug, slugFrom } from './slug.ts'
import { storeNewArticle } from './store-article.ts'

type Optional = Partial<{ [Key in 'tags' | 'audience' | 'locale' | 'status']: ArticleContent[Key] | null }>
export type NewArticle = Pick<ArticleContent, 'title' | 'body' | 'category'> & Optional & { slug?: string | null }

/** Checks what is to be written, and returns what writes it and queues its indexing. */
export function newArticle({ slug, ...input }: NewArticle, { authorId }: { authorId: string | null }) {
  const { title, body, category } = input
  const content: ArticleContent = { title, body, category, tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED', ...checkArticle(input) }
  const wanted = slug ? checkSlug(slug) : slugFrom(content.title)
  return async (tx: Transaction, { queue }: Pick<Resources, 'queue'>): Promise<Article> => {
    if (slug && (await tx.article.count({ where: { slug: wanted } })) > 0) {
      throw new ConflictError(`Another article has the slug ${wanted}. Choose another one, or leave it out to have one made from the title.`)
    }
    const created = await storeNewArticle(tx, content, { slug: wanted, authorId })
    await queue.send('index-articles', { articleIds: [created.id] }, { transaction: tx })
    return created
  }
}
