import type { Resources } from '../../resources.ts'
import { sentenceBleu } from './bleu.ts'
import { replyBody } from './reply-body.ts'
import { cosine, sentenceVectors } from './sentence-vectors.ts'

export interface RepliesCompared {
  /** Without greeting and signature; of a text that is nothing else, all of it. */
  bodies: { draft: string; reply: string }
  bleu: number
  /** Null without an embedder. */
  semanticSimilarity: number | null
  /** Words of the draft for each of the reply. */
  lengthRatio: number
}

const longestEmbedded = 2_000

/** How near a draft comes to what an agent wrote, both without greeting and signature. */
export async function compareReplies(
  { embedder }: Pick<Resources, 'embedder'>,
  texts: { draft: string; reply: string; signal: AbortSignal },
): Promise<RepliesCompared> {
  const [draft, reply] = [bodyOf(texts.draft), bodyOf(texts.reply)]
  const [written, wanted] = [draft, reply].map((text) => text.slice(0, longestEmbedded).toWellFormed()) as [string, string]
  const vectors = await sentenceVectors(embedder, [written, wanted], texts.signal)
  return {
    bodies: { draft, reply },
    bleu: sentenceBleu(draft, reply),
    semanticSimilarity: vectors && Math.min(1, cosine(vectors, written, wanted)),
    lengthRatio: wordsIn(draft) / Math.max(1, wordsIn(reply)),
  }
}

const bodyOf = (text: string) => replyBody(text).trim() || text.trim()
const wordsIn = (text: string) => text.match(/\S+/g)?.length ?? 0
