import type { Resources } from '../../resources.ts'
import { compareReplies } from './compare-replies.ts'

/**
 * Compares a sent reply with its draft and keeps the figures: once, when it is sent, whatever becomes of the draft or the embedder later. May be
 * repeated.
 */
export async function measureReply(
  { database, embedder }: Pick<Resources, 'database' | 'embedder'>,
  { messageId, signal }: { messageId: string; signal: AbortSignal },
): Promise<void> {
  const message = await database.message.findUnique({ where: { id: messageId }, select: { text: true, draft: { select: { id: true, text: true } } } })
  if (!message?.draft) return
  const { bodies: _, ...compared } = await compareReplies({ embedder }, { draft: message.draft.text, reply: message.text, signal })
  const figures = { draftId: message.draft.id, ...compared }
  await database.replyMetrics.upsert({ where: { messageId }, create: { messageId, ...figures }, update: figures })
}
