import { dimensionsOf } from '../../engines/embedder.ts'
import { Prisma, type Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError } from '../errors.ts'
import { chunking } from './cut-article.ts'

/**
 * Queues a run that builds a generation of the search index beside the live one and swaps them. With `rollBack` it is the one before the live
 * one, brought up to date.
 */
export async function startReindex(
  { database, queue, generations, embedder }: Pick<Resources, 'database' | 'queue' | 'generations' | 'embedder'>,
  { rollBack = false, by = null }: { rollBack?: boolean; by?: Viewer | null },
): Promise<Run> {
  const live = await generations.live()
  const model = embedder
    ? { embeddingModel: embedder.model, dimensions: await dimensionsOf(embedder) }
    : { embeddingModel: live.embeddingModel, dimensions: live.dimensions }
  try {
    return await database.$transaction(async (tx) => {
      // One whose run was cancelled while nobody worked on it.
      await tx.indexGeneration.deleteMany({ where: { state: 'BUILDING', run: { status: { in: ['CANCELLED', 'FAILED'] } } } })
      const run = await tx.run.create({ data: { kind: 'REINDEX', parameters: { rollBack }, createdById: by?.agentId ?? null } })
      if (rollBack) {
        const kept = await tx.indexGeneration.findFirst({ where: { state: 'KEPT' }, orderBy: { activatedAt: 'desc' } })
        if (!kept) throw new ConflictError('There is no earlier search index to go back to: none has been replaced yet.')
        await tx.indexGeneration.update({ where: { number: kept.number }, data: { state: 'BUILDING', runId: run.id } })
      } else {
        await tx.indexGeneration.create({ data: { ...model, chunking, runId: run.id } })
      }
      await queue.send('reindex', { runId: run.id }, { transaction: tx })
      await recordAudit(tx, by, { action: 'reindexKnowledge', targetType: 'ReindexRun', targetId: run.id, details: { rollBack } })
      return run
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new ConflictError('The search index is being rebuilt already. Wait for that run, or cancel it.')
    throw error
  }
}
