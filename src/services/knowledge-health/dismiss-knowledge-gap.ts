import type { KnowledgeGap } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'

/** Takes the gap off the list, and questions like it with it from now on. Idempotent. */
export async function dismissKnowledgeGap({ database }: Pick<Resources, 'database'>, { gapId }: { gapId: string }): Promise<KnowledgeGap> {
  await database.knowledgeGap.updateMany({ where: { id: gapId, dismissedAt: null }, data: { dismissedAt: new Date() } })
  const gap = await database.knowledgeGap.findUnique({ where: { id: gapId } })
  if (!gap) throw new NotFoundError('knowledge gap')
  return gap
}
