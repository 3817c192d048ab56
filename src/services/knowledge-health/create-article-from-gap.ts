import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import { awaitIndexed } from '../knowledge/await-indexed.ts'
import { newArticle } from '../knowledge/new-article.ts'
import { retryOnSameSlug } from '../knowledge/store-article.ts'

export interface GapArticle {
  gapId: string
  title?: string | null
  body?: string | null
  category: string
}

/** Makes a DRAFT article of the suggestion, or of what was given instead, and links the gap to it. Nobody finds it until it is published. */
export async function createArticleFromGap(
  resources: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  { gapId, title, body, category }: GapArticle,
  { by }: { by: Viewer | null },
): Promise<Article> {
  const { database } = resources
  const gap = await database.knowledgeGap.findUnique({ where: { id: gapId } })
  if (!gap) throw new NotFoundError('knowledge gap')
  if (gap.filledById !== null) throw new ConflictError('An article answers this gap already, see its filledBy. Change that article instead.')
  const text = body ?? gap.suggestion
  if (text === null) throw new InvalidInputError('body is missing. No agent has answered these questions yet, so there is no suggestion to take.')
  const content = { title: title ?? gap.suggestedTitle ?? gap.question, body: text, category, status: 'DRAFT' } as const
  const write = newArticle(content, { authorId: by?.agentId ?? null })
  const article = await retryOnSameSlug(() =>
    database.$transaction(async (tx) => {
      const created = await write(tx, resources)
      const { count } = await tx.knowledgeGap.updateMany({ where: { id: gapId, filledById: null }, data: { filledById: created.id } })
      // Somebody else was faster; two drafts of the same article help nobody.
      if (count === 0) throw new ConflictError('Another article was made from this gap a moment ago, see its filledBy.')
      await recordAudit(tx, by, { action: 'createArticleFromGap', targetType: 'Article', targetId: created.id, details: { gapId } })
      return created
    }),
  )
  return awaitIndexed(resources, article)
}
