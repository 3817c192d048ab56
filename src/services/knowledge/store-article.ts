import { type Article, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import type { ArticleContent } from './check-article.ts'
import { freeSlug } from './slug.ts'

type Source = { sourcePath?: string | null; sourceHash?: string | null }
type Change = { authorId: string | null; restoredFrom?: number | null; slug?: string } & Source

/** Writes the article and its first version. The caller sees to its indexing in the same transaction. */
export async function storeNewArticle(
  tx: Transaction,
  content: ArticleContent,
  { slug, authorId, ...source }: { slug: string; authorId: string | null } & Source,
): Promise<Article> {
  const article = await tx.article.create({ data: { ...content, ...source, slug: await freeSlug(tx, slug) } })
  await storeVersion(tx, article, authorId)
  return article
}

/** The caller holds the row's lock. Every change is a version of its own, and the index has to catch up with it. */
export async function storeChange(
  tx: Transaction,
  article: Article,
  changes: Partial<ArticleContent>,
  { authorId, restoredFrom = null, ...source }: Change,
): Promise<Article> {
  const changed = await tx.article.update({
    where: { id: article.id },
    data: { ...changes, ...source, version: article.version + 1, indexState: 'PENDING', indexError: null },
  })
  await storeVersion(tx, changed, authorId, restoredFrom)
  return changed
}

/** What of it is different from the article. */
export function differences(article: ArticleContent, content: Partial<ArticleContent>): Partial<ArticleContent> {
  const changed = Object.entries(content).filter(([name, value]) => JSON.stringify(article[name as keyof ArticleContent]) !== JSON.stringify(value))
  return Object.fromEntries(changed) as Partial<ArticleContent>
}

/** The article's row, locked until the transaction ends; null when there is none. */
export async function lockArticle(tx: Transaction, articleId: string): Promise<Article | null> {
  await tx.$queryRaw`SELECT 1 FROM "Article" WHERE "id" = ${articleId} FOR UPDATE`
  return tx.article.findUnique({ where: { id: articleId } })
}

/** Runs it again when two writers chose the same slug. */
export async function retryOnSameSlug<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (attempt === 5 || !(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    }
  }
}

async function storeVersion(
  tx: Transaction,
  { id, version, title, body, category, tags, audience, locale, status }: Article,
  authorId: string | null,
  restoredFrom: number | null = null,
) {
  const content = { title, body, category, tags, audience, locale, status }
  await tx.articleVersion.create({ data: { ...content, articleId: id, version, authorId, restoredFrom } })
}
