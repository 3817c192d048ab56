import type { Resources } from '../../resources.ts'
import { sentenceBleu } from './bleu.ts'
import { replyBody } from './reply-body.ts'
import { cosine, sentenceVectors } from './sentence-vectors.ts'

const longestCompared = 2_000
const word = /\S+/g

/**
 * Compares a sent reply with its draft, both without greeting and signature, and keeps the figures: once, when it is sent, whatever becomes of the
 * draft or the embedder later. May be repeated.
 */
export async function measureReply(
  { database, embedder }: Pick<Resources, 'database' | 'embedder'>,
  { messageId, signal }: { messageId: string; signal: AbortSignal },
): Promise<void> {
  const message = await database.message.findUnique({ where: { id: messageId }, select: { text: true, draft: { select: { id: true, text: true } } } })
  if (!message?.draft) return
  const [draft, reply] = [message.draft.text, message.text].map(bodyOf) as [string, string]
  const [written, sent] = [draft, reply].map((text) => text.slice(0, longestCompared).toWellFormed()) as [string, string]
  const vectors = await sentenceVectors(embedder, [written, sent], signal)
  const figures = {
    draftId: message.draft.id,
    bleu: sentenceBleu(draft, reply),
    semanticSimilarity: vectors && Math.min(1, cosine(vectors, written, sent)),
    lengthRatio: wordsIn(draft) / Math.max(1, wordsIn(reply)),
  }
  await database.replyMetrics.upsert({ where: { messageId }, create: { messageId, ...figures }, update: figures })
}

/** Of a text that is nothing but a greeting, the greeting. */
const bodyOf = (text: string) => replyBody(text).trim() || text.trim()
const wordsIn = (text: string) => text.match(word)?.length ?? 0
