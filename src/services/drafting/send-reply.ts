import type { Draft, Message } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { checkOptionalText, checkText, limits } from '../checked-input.ts'
import { appendMessage } from '../conversations/append-message.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import {
  ConflictError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  IdempotencyConflictError,
  NotFoundError,
} from '../errors.ts'
import { recordTrainingExample } from '../feedback/record-training-example.ts'
import { draftWhoseGapToNote } from '../knowledge-health/draft-whose-gap-to-note.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { endLiveDrafts } from './end-live-drafts.ts'
import { markKeptCitations } from './mark-kept-citations.ts'

export interface SendReplyInput {
  conversationId: string
  text: string
  draftId?: string | null
  idempotencyKey?: string | null
  agentId: string | null
}

/**
 * What the person in charge sends. With a draft and its text it is FINAL, with changed text AGENT_EDITED, without a draft AGENT_ONLY. However
 * often it is retried with the same draft or key, there is one message; the row lock and two unique indexes see to that.
 */
export async function sendReply(
  { database, queue, wakeUps }: Pick<Resources, 'database' | 'queue' | 'wakeUps'>,
  input: SendReplyInput,
): Promise<Message> {
  const text = checkText('text', input.text, { maximum: limits.message })
  const idempotencyKey = checkOptionalText('idempotencyKey', input.idempotencyKey, { maximum: limits.key })
  const draftId = input.draftId ?? null
  const { message, endedDraftTopics } = await database.$transaction(async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (idempotencyKey !== null) {
      const earlier = await tx.message.findUnique({ where: { conversationId_idempotencyKey: { conversationId: conversation.id, idempotencyKey } } })
      if (earlier && (earlier.text !== text || earlier.kind === 'CUSTOMER' || (draftId !== null && earlier.draftId !== draftId)))
        throw new IdempotencyConflictError()
      if (earlier) return { message: earlier, endedDraftTopics: [] }
    }
    const draft = draftId === null ? null : await usableDraft(tx, { draftId, conversationId: conversation.id, text })
    if (draft?.sentMessage) return { message: draft.sentMessage, endedDraftTopics: [] }
    if (conversation.status === 'RESOLVED') throw new ConversationResolvedError()

    const kind = draft === null ? 'AGENT_ONLY' : draft.text === text ? 'FINAL' : 'AGENT_EDITED'
    const ratio = draft === null ? null : editRatio(draft.text, text)
    const message = await appendMessage(
      tx,
      conversation,
      { kind, text, agentId: input.agentId, draftId, editRatio: ratio, idempotencyKey },
      'PENDING',
    )
    if (draft) {
      await tx.draft.update({ where: { id: draft.id }, data: { status: 'SENT' } })
      await markKeptCitations(tx, { draft, sentText: text })
      if (kind === 'AGENT_EDITED') await recordTrainingExample(tx, { draftId: draft.id })
    }
    // The turn is answered: another draft for it would be a second reply.
    const endedDraftTopics = await endLiveDrafts(tx, { conversationId: conversation.id, status: 'SUPERSEDED', alsoReady: true })
    const draftToNote = await draftWhoseGapToNote(tx, message)
    if (draftToNote !== null) await queue.send('note-gap', { draftId: draftToNote }, { transaction: tx })
    return { message, endedDraftTopics }
  })
  for (const topic of endedDraftTopics) wakeUps.notify(topic)
  return message
}

async function usableDraft(
  tx: Transaction,
  { draftId, conversationId, text }: { draftId: string; conversationId: string; text: string },
): Promise<Draft & { sentMessage: Message | null }> {
  const draft = await tx.draft.findUnique({ where: { id: draftId }, include: { sentMessage: true } })
  if (!draft || draft.conversationId !== conversationId) throw new NotFoundError('draft')
  if (draft.sentMessage) {
    if (draft.sentMessage.text === text) return draft
    throw new ConflictError(
      'This draft was sent already, with another text. Reload the conversation, and send what is still to be said without a draftId.',
    )
  }
  if (draft.status === 'SUPERSEDED') throw new DraftSupersededError()
  if (draft.status !== 'READY') throw new DraftNotReadyError(draft.status)
  return draft
}
