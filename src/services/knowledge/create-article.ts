import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ConflictError } from '../errors.ts'
import { awaitIndexed } from './await-indexed.ts'
import { type ArticleContent, checkArticle } from './check-article.ts'
import { checkSlug, slugFrom } from './slug.ts'
import { retryOnSameSlug, storeNewArticle } from './store-article.ts'

type Optional = Partial<{ [Key in 'tags' | 'audience' | 'locale' | 'status']: ArticleContent[Key] | null }>
export type NewArticle = Pick<ArticleContent, 'title' | 'body' | 'category'> & Optional & { slug?: string | null }

/** Stores the article and waits a moment for it to be searchable; what takes longer is returned PENDING and indexed in the background. */
export async function createArticle(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  { slug, ...input }: NewArticle,
  { agentId }: { agentId: string | null },
): Promise<Article> {
  const { title, body, category } = input
  const content: ArticleContent = { title, body, category, tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED', ...checkArticle(input) }
  const wanted = slug ? checkSlug(slug) : slugFrom(content.title)
  const article = await retryOnSameSlug(() =>
    resources.database.$transaction(async (tx) => {
      if (slug && (await tx.article.count({ where: { slug: wanted } })) > 0) {
        throw new ConflictError(`Another article has the slug ${wanted}. Choose another one, or leave it out to have one made from the title.`)
      }
      const created = await storeNewArticle(tx, content, { slug: wanted, authorId: agentId })
      await resources.queue.send('index-articles', { articleIds: [created.id] }, { transaction: tx })
      return created
    }),
  )
  return awaitIndexed(resources, article)
}
