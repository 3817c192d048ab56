import { isDeepStrictEqual } from 'node:util'
import type { Draft, FeedbackReason } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalVisibleText, limits } from '../checked-input.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { ConflictError, DraftNotReadyError, NotFoundError } from '../errors.ts'
import { recordExposure } from '../experiments/record-exposure.ts'
import { recordTrainingExample } from '../feedback/record-training-example.ts'
import { houseVoice } from '../models/house-voice.ts'
import { endDraft, endedTopics } from './end-live-drafts.ts'
import { moveDrafts } from './move-drafts.ts'

export interface RejectDraftInput {
  draftId: string
  reasons?: FeedbackReason[] | null
  notes?: string | null
  agentId: string
  by: Viewer
}

/**
 * The draft is not used: a finished one is put aside, one in the making is stopped. The same agent may say it again; what they say then replaces
 * their reasons and notes.
 */
export async function rejectDraft(
  { database, wakeUps, queue, config, learned }: Pick<Resources, 'database' | 'wakeUps' | 'queue' | 'config' | 'learned'>,
  { draftId, agentId, by, ...input }: RejectDraftInput,
): Promise<Draft> {
  const reasons = [...new Set(input.reasons ?? [])]
  const notes = checkOptionalVisibleText('notes', input.notes, { maximum: limits.note })
  const { draft, topics } = await database.$transaction(async (tx) => {
    const found = await tx.draft.findUnique({
      where: { id: draftId },
      select: { conversationId: true, rejectionReasons: true, rejectionNotes: true },
    })
    if (!found) throw new NotFoundError('draft')
    await lockConversation(tx, found.conversationId)
    const rejection = { rejectionReasons: reasons, rejectionNotes: notes }
    const actor = { agentId }
    const first = { ...rejection, rejectedById: agentId, rejectedAt: new Date() }
    const wasLive = await endDraft(tx, { draftId, status: 'REJECTED', data: first, actor })
    const isNew = wasLive || (await moveDrafts(tx, { where: { id: draftId }, to: 'REJECTED', data: first, actor })).length > 0
    if (!isNew) await checkOwnRejection(tx, { draftId, agentId })
    const draft = isNew
      ? await tx.draft.findUniqueOrThrow({ where: { id: draftId } })
      : await tx.draft.update({ where: { id: draftId }, data: rejection })
    if (draft.variantId !== null) await recordExposure(tx, [draftId])
    // A text that was stopped half-way teaches nothing.
    if (draft.supportScore !== null) await recordTrainingExample({ queue }, tx, { draftId, voice: houseVoice({ config, learned }) })
    const wasSaid = isDeepStrictEqual([found.rejectionReasons, found.rejectionNotes], [reasons, notes])
    if (isNew || !wasSaid) await recordAudit(tx, by, { action: 'rejectDraft', targetType: 'Draft', targetId: draftId, details: { reasons } })
    return { draft, topics: wasLive ? endedTopics(draftId) : [conversationsTopic] }
  })
  for (const topic of topics) wakeUps.notify(topic)
  return draft
}

async function checkOwnRejection(tx: Transaction, { draftId, agentId }: { draftId: string; agentId: string }): Promise<void> {
  const { status, rejectedById } = await tx.draft.findUniqueOrThrow({ where: { id: draftId } })
  if (status === 'REJECTED' && rejectedById === agentId) return
  if (status === 'REJECTED') throw new ConflictError('A colleague has rejected this draft already. Say what you think of it with giveFeedback.')
  if (status === 'SENT') throw new ConflictError('This draft was sent already. Say what was wrong with it with giveFeedback.')
  throw new DraftNotReadyError(status, 'There is nothing to reject any more; say what was wrong with it with giveFeedback.')
}
