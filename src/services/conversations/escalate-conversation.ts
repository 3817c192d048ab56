import { isDeepStrictEqual } from 'node:util'
import type { Conversation, EscalationReason } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalVisibleText, limits } from '../checked-input.ts'
import { endLiveDrafts } from '../drafting/end-live-drafts.ts'
import { ConflictError, InvalidInputError } from '../errors.ts'
import { recordTrainingExample } from '../feedback/record-training-example.ts'
import { houseVoice } from '../models/house-voice.ts'
import { changeConversation } from './change-conversation.ts'
import { recordTimeline, system } from './record-timeline.ts'

/**
 * A person takes over, for these reasons. Drafts that nobody asked for end and no more are made, until the conversation is resolved. Escalated
 * again for other reasons it has those; for the same it stays as it is.
 */
export async function escalateConversation(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'queue' | 'config' | 'learned'>,
  input: { conversationId: string; reasons: EscalationReason[]; note?: string | null; by: Viewer | null },
): Promise<Conversation> {
  const { conversationId, by } = input
  const actor = by ?? system
  const reasons = [...new Set(input.reasons)]
  if (reasons.length === 0) throw new InvalidInputError('reasons is empty. Give at least one; OTHER with a note, if none fits.')
  const note = checkOptionalVisibleText('note', input.note, { maximum: limits.note })
  return changeConversation(resources, conversationId, async (tx, conversation, wake) => {
    if (conversation.status === 'RESOLVED')
      throw new ConflictError('The conversation is RESOLVED, so there is nothing to take over. Reopen it first, then escalate it.')
    const { escalatedAt, escalationReasons, escalationNote, takenOverAt } = conversation
    if (escalatedAt && takenOverAt && isDeepStrictEqual([escalationReasons, escalationNote], [reasons, note])) return conversation
    const now = new Date()
    await recordTimeline(tx, conversationId, actor, { kind: 'ESCALATION', reasons, note })
    const escalated = await tx.conversation.update({
      where: { id: conversationId },
      data: { escalatedAt: now, escalationReasons: reasons, escalationNote: note, takenOverAt: takenOverAt ?? now },
    })
    wake(await endLiveDrafts(tx, { conversationId, status: 'CANCELLED', only: 'AUTOMATIC', actor }))
    // The draft that lies there now was not what the customer needed: something to review.
    const draft = await tx.draft.findFirst({
      where: { conversationId, status: { in: ['READY', 'SENT'] } },
      orderBy: { id: 'desc' },
      select: { id: true },
    })
    if (draft) await recordTrainingExample(resources, tx, { draftId: draft.id, voice: houseVoice(resources) })
    await recordAudit(tx, by, { action: 'escalateConversation', targetType: 'Conversation', targetId: conversationId, details: { reasons } })
    return escalated
  })
}
