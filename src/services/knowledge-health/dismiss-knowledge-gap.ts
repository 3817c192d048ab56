import type { KnowledgeGap } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'

/** Takes the gap off the list, and questions like it with it from now on. Idempotent. */
export async function dismissKnowledgeGap(
  { database }: Pick<Resources, 'database'>,
  { gapId, by }: { gapId: string; by: Viewer | null },
): Promise<KnowledgeGap> {
  return database.$transaction(async (tx) => {
    const { count } = await tx.knowledgeGap.updateMany({ where: { id: gapId, dismissedAt: null }, data: { dismissedAt: new Date() } })
    if (count > 0) await recordAudit(tx, by, { action: 'dismissKnowledgeGap', targetType: 'KnowledgeGap', targetId: gapId })
    const gap = await tx.knowledgeGap.findUnique({ where: { id: gapId } })
    if (!gap) throw new NotFoundError('knowledge gap')
    return gap
  })
}
