import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import { createArticle } from '../knowledge/create-article.ts'

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
  { agentId }: { agentId: string | null },
): Promise<Article> {
  const { database } = resources
  const gap = await database.knowledgeGap.findUnique({ where: { id: gapId } })
  if (!gap) throw new NotFoundError('knowledge gap')
  if (gap.filledById !== null) throw new ConflictError('An article answers this gap already, see its filledBy. Change that article instead.')
  const text = body ?? gap.suggestion
  if (text === null) throw new InvalidInputError('body is missing. No agent has answered these questions yet, so there is no suggestion to take.')
  const article = await createArticle(
    resources,
    { title: title ?? gap.suggestedTitle ?? gap.question, body: text, category, status: 'DRAFT' },
    { agentId },
  )
  const { count } = await database.knowledgeGap.updateMany({ where: { id: gapId, filledById: null }, data: { filledById: article.id } })
  if (count > 0) return article
  // Somebody else was faster; two drafts of the same article help nobody.
  await database.article.deleteMany({ where: { id: article.id, version: 1, status: 'DRAFT' } })
  throw new ConflictError('Another article was made from this gap a moment ago, see its filledBy.')
}
