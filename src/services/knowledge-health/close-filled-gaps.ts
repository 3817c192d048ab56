import type { Resources } from '../../resources.ts'
import { gatherEvidence } from '../retrieval/gather-evidence.ts'
import type { RetrieveNeeds } from '../retrieval/retrieve.ts'

type Needed = RetrieveNeeds & Pick<Resources, 'logger'>

const mostGaps = 200

/**
 * Closes the open gaps that an article answers which was published or changed after the last of their questions: searched again, the evidence
 * is enough, and that article is the best of it. The most asked are looked at first.
 */
export async function closeFilledGaps(resources: Needed, { articleIds, signal }: { articleIds: string[]; signal: AbortSignal }): Promise<void> {
  const { database, logger } = resources
  if (articleIds.length === 0) return
  const changed = new Map(
    (
      await database.article.findMany({
        where: { id: { in: articleIds }, status: 'PUBLISHED', audience: 'PUBLIC' },
        select: { id: true, updatedAt: true },
      })
    ).map(({ id, updatedAt }) => [id, updatedAt]),
  )
  if (changed.size === 0) return
  const gaps = await database.knowledgeGap.findMany({
    where: { dismissedAt: null, filledById: null },
    orderBy: [{ count: 'desc' }, { id: 'desc' }],
    take: mostGaps,
    select: { id: true, question: true, questions: { orderBy: { createdAt: 'desc' }, take: 1, select: { createdAt: true } } },
  })
  for (const { id, question, questions } of gaps) {
    signal.throwIfAborted()
    const newest = questions[0]?.createdAt
    if (!newest) continue
    const evidence = await gatherEvidence(resources, { history: [], question, signal })
    const best = evidence.sources.find(({ internal }) => !internal)
    const changedAt = best && changed.get(best.articleId)
    if (!evidence.sufficient || evidence.degraded || !best || !changedAt || changedAt <= newest) continue
    const { count } = await database.knowledgeGap.updateMany({
      where: { id, dismissedAt: null, filledById: null },
      data: { filledById: best.articleId },
    })
    if (count > 0) logger.info({ gapId: id, articleId: best.articleId }, 'knowledge gap filled')
  }
}
