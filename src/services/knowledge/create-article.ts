import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { awaitIndexed } from './await-indexed.ts'
import { type NewArticle, newArticle } from './new-article.ts'
import { retryOnSameSlug } from './store-article.ts'

/** Stores the article and waits a moment for it to be searchable; what takes longer is returned PENDING and indexed in the background. */
export async function createArticle(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  input: NewArticle,
  { by }: { by: Viewer | null },
): Promise<Article> {
  const write = newArticle(input, { authorId: by?.agentId ?? null })
  const article = await retryOnSameSlug(() =>
    resources.database.$transaction(async (tx) => {
      const created = await write(tx, resources)
      await recordAudit(tx, by, { action: 'createArticle', targetType: 'Article', targetId: created.id, details: { status: created.status } })
      return created
    }),
  )
  return awaitIndexed(resources, article)
}
