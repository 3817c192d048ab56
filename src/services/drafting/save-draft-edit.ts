import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkVisibleText, limits } from '../checked-input.ts'
import { ConflictError, DraftNotReadyError, DraftSupersededError, NotFoundError } from '../errors.ts'
import { recordExposure } from '../experiments/record-exposure.ts'
import { isLive } from './draft-statuses.ts'

export interface SaveDraftEditInput {
  draftId: string
  text: string
  expectedEditedAt?: Date | null
  agentId: string
  by: Viewer
}

/**
 * Keeps what an agent has made of a READY draft so far, beside what was drafted. Nothing else ever writes there: whatever becomes of the draft,
 * the edit stays. It is not sent by itself; `sendReply` sends the text that it is given.
 */
export async function saveDraftEdit(
  { database }: Pick<Resources, 'database'>,
  { draftId, agentId, by, expectedEditedAt = null, ...input }: SaveDraftEditInput,
): Promise<Draft> {
  const text = checkVisibleText('text', input.text, { maximum: limits.message })
  return database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Draft" WHERE "id" = ${draftId} FOR NO KEY UPDATE`
    const draft = await tx.draft.findUnique({ where: { id: draftId } })
    if (!draft) throw new NotFoundError('draft')
    if (draft.status === 'SUPERSEDED') throw new DraftSupersededError()
    if (draft.status !== 'READY')
      throw new DraftNotReadyError(draft.status, isLive(draft.status) ? 'Edit it after DraftCompleted.' : 'Send your text without a draftId.')
    const isOwn = draft.editedById === agentId
    // A retry whose first answer was lost.
    if (isOwn && draft.editedText === text) return draft
    const isExpected = expectedEditedAt === null ? draft.editedAt === null || isOwn : draft.editedAt?.getTime() === expectedEditedAt.getTime()
    if (!isExpected)
      throw new ConflictError(
        'Somebody has saved this draft since you loaded it. Load its `edit`, bring the two texts together, and save with its `at`.',
      )
    // Always later than the one before, so that two saves within a millisecond are told apart.
    const editedAt = new Date(Math.max(Date.now(), (draft.editedAt?.getTime() ?? 0) + 1))
    if (draft.variantId !== null) await recordExposure(tx, [draftId])
    await recordAudit(tx, by, { action: 'saveDraftEdit', targetType: 'Draft', targetId: draftId })
    return tx.draft.update({ where: { id: draftId }, data: { editedText: text, editedAt, editedById: agentId } })
  })
}
