import { isDeepStrictEqual } from 'node:util'
import type { Draft, Feedback, FeedbackRating, FeedbackReason } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, checkOptionalVisibleText, limits } from '../checked-input.ts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import { isLive } from '../drafting/draft-statuses.ts'
import { DraftNotReadyError, InvalidInputError, NotFoundError } from '../errors.ts'
import { houseVoice } from '../models/house-voice.ts'
import { recordTrainingExample } from './record-training-example.ts'

export interface GiveFeedbackInput {
  draftId: string
  rating?: FeedbackRating | null
  correction?: string | null
  reasons?: FeedbackReason[] | null
  notes?: string | null
  correctedIntent?: string | null
  correctedArticleIds?: string[] | null
}

/** Stores what an agent thinks of a draft, as data. One a draft and agent: giving it again replaces it. Nothing learns by it until a retraining. */
export async function giveFeedback(
  { database, queue, config, learned }: Pick<Resources, 'database' | 'queue' | 'config' | 'learned'>,
  { input, agentId, by }: { input: GiveFeedbackInput; agentId: string; by: Viewer },
): Promise<Feedback> {
  const given = {
    rating: input.rating ?? null,
    correction: checkOptionalVisibleText('correction', input.correction, { maximum: limits.message }),
    reasons: [...new Set(input.reasons ?? [])],
    notes: checkOptionalVisibleText('notes', input.notes, { maximum: limits.note }),
    correctedIntent: checkOptionalText('correctedIntent', input.correctedIntent, { maximum: limits.name }),
    correctedArticleIds: [...new Set(input.correctedArticleIds ?? [])],
  }
  if (
    given.rating === null &&
    given.correction === null &&
    given.reasons.length === 0 &&
    given.notes === null &&
    given.correctedIntent === null &&
    given.correctedArticleIds.length === 0
  ) {
    throw new InvalidInputError('The feedback is empty. Give a rating, a correction, reasons, notes, the right intent or the right articles.')
  }
  if (given.correctedArticleIds.length > 10)
    throw new InvalidInputError('correctedArticleIds has more than 10 ids. Name the few articles that a reply should have used.')
  return database.$transaction(async (tx) => {
    const found = await tx.draft.findUnique({ where: { id: input.draftId }, select: { conversationId: true } })
    if (!found) throw new NotFoundError('draft')
    // Reviewers of one draft come one after the other, and so do those who send and reject it.
    await lockConversation(tx, found.conversationId)
    const draft = await tx.draft.findUniqueOrThrow({ where: { id: input.draftId } })
    if (isLive(draft.status)) throw new DraftNotReadyError(draft.status, 'Give feedback when it has ended; cancelDraft and rejectDraft end it now.')
    const known = await tx.article.count({ where: { id: { in: given.correctedArticleIds } } })
    if (known < given.correctedArticleIds.length) throw new NotFoundError('article')
    if (given.correctedIntent !== null && (await tx.intent.count({ where: { name: given.correctedIntent } })) === 0)
      throw new NotFoundError('intent', 'name in correctedIntent, or create the intent first')
    const where = { draftId_agentId: { draftId: draft.id, agentId } }
    const earlier = await tx.feedback.findUnique({ where })
    const feedback = await tx.feedback.upsert({
      where,
      create: { ...given, draftId: draft.id, agentId },
      update: given,
    })
    await recordTrainingExample({ queue }, tx, { draftId: draft.id, voice: houseVoice({ config, learned }) })
    if (given.correctedIntent !== null) await correctConversation(tx, draft, given.correctedIntent)
    if (given.correction !== null) await queue.send('note-gap', { draftId: draft.id }, { transaction: tx })
    if (!earlier || !saysTheSame(earlier, given)) {
      const { id: feedbackId, rating, reasons } = feedback
      await recordAudit(tx, by, { action: 'giveFeedback', targetType: 'Draft', targetId: draft.id, details: { feedbackId, rating, reasons } })
    }
    return feedback
  })
}

function saysTheSame(earlier: Feedback, given: Partial<Feedback>): boolean {
  return Object.entries(given).every(([name, value]) => isDeepStrictEqual(earlier[name as keyof Feedback], value))
}

/** The intent of a conversation is that of its newest turn. */
async function correctConversation(tx: Transaction, { conversationId, turnMessageId }: Draft, intent: string): Promise<void> {
  const newest = await tx.message.findFirst({ where: { conversationId, kind: 'CUSTOMER' }, orderBy: { position: 'desc' }, select: { id: true } })
  if (newest?.id === turnMessageId) await tx.conversation.update({ where: { id: conversationId }, data: { intent } })
}
