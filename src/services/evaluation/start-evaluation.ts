import type { Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, InvalidInputError, NotEnoughDataError, NotFoundError } from '../errors.ts'

const usualCases = 100
const mostCases = 1_000

/** Queues a replay of held-out conversations with a version, beside another one where it is named. */
export async function startEvaluation(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  {
    modelVersionId,
    comparedToId = null,
    limit = null,
    by,
  }: { modelVersionId: string; comparedToId?: string | null; limit?: number | null; by: Viewer | null },
): Promise<Run> {
  if (limit !== null && (limit < 1 || limit > mostCases)) throw new InvalidInputError(`limit is ${limit}, and must be from 1 to ${mostCases}.`)
  if (comparedToId === modelVersionId) throw new InvalidInputError('comparedToId is the version itself. Name another one, or leave it out.')
  return database.$transaction(async (tx) => {
    for (const id of [modelVersionId, ...(comparedToId === null ? [] : [comparedToId])]) {
      const version = await tx.modelVersion.findUnique({ where: { id }, select: { name: true, status: true } })
      if (!version) throw new NotFoundError('model version')
      if (version.status === 'BUILDING' || version.status === 'FAILED')
        throw new ConflictError(`${JSON.stringify(version.name)} is ${version.status}, and writes nothing that could be measured.`)
    }
    if ((await tx.trainingExample.count({ where: heldOut({ modelVersionId, comparedToId }) })) === 0)
      throw new NotEnoughDataError(
        'No held-out example has a correction to compare with. The first retraining sets the newest fifth of customers aside: start one with startRetraining.',
      )
    const run = await tx.run.create({
      data: {
        kind: 'EVALUATION',
        createdById: by?.agentId ?? null,
        evaluation: { create: { modelVersionId, comparedToId, limit: limit ?? usualCases } },
      },
    })
    await queue.send('evaluate', { runId: run.id }, { transaction: tx })
    await recordAudit(tx, by, { action: 'startEvaluation', targetType: 'ModelVersion', targetId: modelVersionId, details: { comparedToId, limit } })
    return run
  })
}

/** Examples that neither version was made of, whatever side of the split they are on now. */
export function heldOut({ modelVersionId, comparedToId }: { modelVersionId: string; comparedToId: string | null }): Prisma.TrainingExampleWhereInput {
  const versions = [modelVersionId, ...(comparedToId === null ? [] : [comparedToId])]
  return {
    state: 'APPROVED',
    OR: [{ heldOut: true }, { isMustPass: true }],
    correction: { not: null },
    modelVersions: { none: { modelVersionId: { in: versions } } },
  }
}
