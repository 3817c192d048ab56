import type { TrainingExample, TrainingExampleState } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalVisibleText, limits } from '../checked-input.ts'
import { ConflictError, NotFoundError } from '../errors.ts'

export interface ReviewTrainingExampleInput {
  trainingExampleId: string
  state: TrainingExampleState
  reason?: string | null
  isMustPass?: boolean | null
}

/**
 * What a person decides stands until the example itself changes. An example that is excluded after a retraining took part of it stays in what was
 * learned until the next one; `revokeAgentContributions` and `rollBackRetraining` take effect at once.
 */
export async function reviewTrainingExample(
  { database }: Pick<Resources, 'database'>,
  { input, by }: { input: ReviewTrainingExampleInput; by: Viewer | null },
): Promise<TrainingExample> {
  const reason = checkOptionalVisibleText('reason', input.reason, { maximum: limits.comment })
  return database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "TrainingExample" WHERE "id" = ${input.trainingExampleId} FOR UPDATE`
    const example = await tx.trainingExample.findUnique({ where: { id: input.trainingExampleId } })
    if (!example) throw new NotFoundError('training example')
    if (input.isMustPass && example.processed && !example.heldOut)
      throw new ConflictError('A retraining has learned from this example, so that it cannot measure one. Choose one that is held out or new.')
    const isMustPass = input.isMustPass ?? example.isMustPass
    const isSame = example.state === input.state && example.isMustPass === isMustPass && (reason === null || reason === example.stateReason)
    if (isSame && example.reviewedAt !== null) return example
    const reviewed = await tx.trainingExample.update({
      where: { id: example.id },
      data: { state: input.state, stateReason: reason, isMustPass, reviewedAt: new Date(), reviewedById: by?.agentId ?? null },
    })
    await recordAudit(tx, by, {
      action: 'reviewTrainingExample',
      targetType: 'TrainingExample',
      targetId: example.id,
      details: { state: input.state, isMustPass },
    })
    return reviewed
  })
}
