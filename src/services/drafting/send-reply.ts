import type { Draft, Message } from '../../generated/prisma/client.ts'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, checkVisibleText, limits } from '../checked-input.ts'
import { appendMessage } from '../conversations/append-message.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { scopedKey } from '../conversations/scoped-key.ts'
import {
  ConflictError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  IdempotencyConflictError,
  NotFoundError,
} from '../errors.ts'
import { recordExposure } from '../experiments/record-exposure.ts'
import { recordTrainingExample } from '../feedback/record-training-example.ts'
import { draftWhoseGapToNote } from '../knowledge-health/draft-whose-gap-to-note.ts'
import { houseVoice } from '../models/house-voice.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { endLiveDrafts } from './end-live-drafts.ts'
import { markKeptCitations } from './mark-kept-citations.ts'
import { moveDrafts } from './move-drafts.ts'

export interface SendReplyInput {
  conversationId: string
  text: string
  draftId?: string | null
  idempotencyKey?: string | null
  /** The newest message that the agent saw. */
  expectedLastMessageId?: string | null
  by: Viewer | null
}

/**
 * What the person in charge sends: always the text given here, whatever was drafted or saved as an edit. With a draft and its text it is FINAL,
 * with changed text AGENT_EDITED, without a draft AGENT_ONLY. However often it is retried with the same draft or key, there is one message; the
 * row lock and two unique indexes see to that.
 */
export async function sendReply(
  { database, queue, wakeUps, config, learned }: Pick<Resources, 'database' | 'queue' | 'wakeUps' | 'config' | 'learned'>,
  input: SendReplyInput,
): Promise<Message> {
  const text = checkVisibleText('text', input.text, { maximum: limits.message })
  const idempotencyKey = scopedKey('agent', checkOptionalText('idempotencyKey', input.idempotencyKey, { maximum: limits.key }))
  const { draftId = null, by } = input
  const agentId = by?.agentId ?? null
  const voice = houseVoice({ config, learned })
  const { message, endedDraftTopics } = await database.$transaction(async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    const sent = await sentBefore(tx, { conversationId: conversation.id, text, draftId, idempotencyKey })
    if (sent) return { message: sent, endedDraftTopics: [] }
    if (conversation.status === 'RESOLVED') throw new ConversationResolvedError()
    const draft = draftId === null ? null : await readyDraft(tx, draftId)
    if (input.expectedLastMessageId != null) await checkNothingNewer(tx, { conversationId: conversation.id, messageId: input.expectedLastMessageId })

    const kind = draft === null ? 'AGENT_ONLY' : stripInvisible(draft.text) === text ? 'FINAL' : 'AGENT_EDITED'
    const ratio = draft === null ? null : editRatio(draft.text, text, voice)
    const message = await appendMessage(tx, conversation, { kind, text, agentId, draftId, editRatio: ratio, idempotencyKey })
    if (draft) {
      await moveDrafts(tx, { where: { id: draft.id }, to: 'SENT', actor: { agentId } })
      if (draft.variantId !== null) await recordExposure(tx, [draft.id])
      await queue.send('measure-reply', { messageId: message.id }, { transaction: tx })
      await markKeptCitations(tx, { draft, sentText: text })
      if (kind === 'AGENT_EDITED' || draft.trainingExample) await recordTrainingExample({ queue }, tx, { draftId: draft.id, voice })
    } else if (conversation.takenOverAt === null) {
      // Whoever answers without a draft has taken over: no draft comes by itself from now on.
      await tx.conversation.update({ where: { id: conversation.id }, data: { takenOverAt: new Date() } })
    }
    // The turn is answered: another draft for it would be a second reply.
    const endedDraftTopics = await endLiveDrafts(tx, { conversationId: conversation.id, status: 'SUPERSEDED', alsoReady: true, actor: { agentId } })
    const draftToNote = await draftWhoseGapToNote(tx, message)
    if (draftToNote !== null) await queue.send('note-gap', { draftId: draftToNote }, { transaction: tx })
    await recordAudit(tx, by, {
      action: 'sendReply',
      targetType: 'Conversation',
      targetId: conversation.id,
      details: { messageId: message.id, draftId, kind },
    })
    return { message, endedDraftTopics }
  })
  for (const topic of new Set([conversationsTopic, ...endedDraftTopics])) wakeUps.notify(topic)
  return message
}

/** The message that the same key or the same draft has made already; null when there is none. */
async function sentBefore(
  tx: Transaction,
  { conversationId, text, draftId, idempotencyKey }: { conversationId: string; text: string; draftId: string | null; idempotencyKey: string | null },
): Promise<Message | null> {
  if (idempotencyKey !== null) {
    const earlier = await tx.message.findUnique({ where: { conversationId_idempotencyKey: { conversationId, idempotencyKey } } })
    if (earlier && (earlier.text !== text || (draftId !== null && earlier.draftId !== draftId))) throw new IdempotencyConflictError()
    if (earlier) return earlier
  }
  if (draftId === null) return null
  const draft = await tx.draft.findUnique({ where: { id: draftId }, include: { sentMessage: true } })
  if (!draft || draft.conversationId !== conversationId) throw new NotFoundError('draft')
  if (draft.sentMessage && draft.sentMessage.text !== text)
    throw new ConflictError(
      'This draft was sent already, with another text. Reload the conversation, and send what is still to be said without a draftId.',
    )
  return draft.sentMessage
}

/** The conversation's lock keeps it READY: nobody sends, rejects or supersedes without that. */
async function readyDraft(tx: Transaction, draftId: string): Promise<Draft & { trainingExample: { id: string } | null }> {
  const draft = await tx.draft.findUniqueOrThrow({ where: { id: draftId }, include: { trainingExample: { select: { id: true } } } })
  if (draft.status === 'SUPERSEDED') throw new DraftSupersededError()
  if (draft.status !== 'READY') throw new DraftNotReadyError(draft.status)
  return draft
}

/** The agent answers what they have read, and the customer may have written meanwhile. */
async function checkNothingNewer(tx: Transaction, { conversationId, messageId }: { conversationId: string; messageId: string }): Promise<void> {
  const seen = await tx.message.findFirst({ where: { id: messageId, conversationId }, select: { position: true } })
  if (!seen) throw new NotFoundError('message')
  const newer = await tx.message.count({ where: { conversationId, kind: 'CUSTOMER', position: { gt: seen.position } } })
  if (newer > 0)
    throw new ConflictError(
      'The customer has written again since the message that you saw. Read what is new, and send again with the newest message’s id as expectedLastMessageId.',
    )
}
