import type { Draft, Tone } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalVisibleText, limits } from '../checked-input.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { system } from '../conversations/record-timeline.ts'
import { ConflictError, ConversationResolvedError, QueueFullError } from '../errors.ts'
import { countIfFull } from './count-if-full.ts'
import { liveStatuses } from './draft-statuses.ts'
import { endLiveDrafts } from './end-live-drafts.ts'
import { queueDraft } from './queue-draft.ts'
import { requireTokens } from './token-budget.ts'

export interface DraftReplyInput {
  conversationId: string
  instruction?: string | null
  tone?: Tone | null
  by: Viewer | null
}

/**
 * Queues a draft for the newest customer turn. Asked again for the same turn while one is in flight, it returns that one; with an
 * instruction or tone it starts anew, and the one in flight is superseded.
 */
export async function draftReply(
  { database, queue, config, wakeUps }: Pick<Resources, 'database' | 'queue' | 'config' | 'wakeUps'>,
  { conversationId, by, tone = null, ...input }: DraftReplyInput,
): Promise<Draft> {
  const instruction = checkOptionalVisibleText('instruction', input.instruction, { maximum: limits.query })
  const { draft, endedDraftTopics } = await database.$transaction(async (tx) => {
    const conversation = await lockConversation(tx, conversationId)
    if (conversation.status === 'RESOLVED') throw new ConversationResolvedError()
    const turn = await tx.message.findFirst({ where: { conversationId, kind: 'CUSTOMER' }, orderBy: { position: 'desc' } })
    if (!turn) throw new ConflictError('The customer has not written yet, so there is nothing to answer.')
    const live = await tx.draft.findFirst({ where: { conversationId, status: { in: liveStatuses } } })
    if (live && live.turnMessageId === turn.id && instruction === null && tone === null) return { draft: live, endedDraftTopics: [] }
    if (by) await requireTokens(tx, by)
    const waiting = await countIfFull(tx, { config })
    if (waiting !== null) throw new QueueFullError(waiting)
    const endedDraftTopics = live ? await endLiveDrafts(tx, { conversationId, status: 'SUPERSEDED', actor: by ?? system }) : []
    const asker = { requestedById: by?.agentId ?? null, callerId: by?.callerId ?? null }
    const draft = await queueDraft({ tx, queue }, { conversationId, turnMessageId: turn.id, ...asker, instruction, tone })
    await recordAudit(tx, by, { action: 'draftReply', targetType: 'Draft', targetId: draft.id, details: { conversationId } })
    return { draft, endedDraftTopics }
  })
  for (const topic of new Set([conversationsTopic, ...endedDraftTopics])) wakeUps.notify(topic)
  return draft
}
