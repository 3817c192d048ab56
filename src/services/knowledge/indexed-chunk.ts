import type { Article, Chunk } from '../../generated/prisma/client.ts'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import type { IndexedChunk } from '../../stores/vectors.ts'
import { embeddedText } from './chunk-article.ts'

/** A stored chunk as the search index holds it. */
export function indexedChunk(chunk: Chunk, { category, audience, locale }: Pick<Article, 'category' | 'audience' | 'locale'>): IndexedChunk {
  const { id, articleId, articleVersion, kind, embedding, fineVectors } = chunk
  const content = embeddedText(chunk)
  return { id, articleId, articleVersion, kind, content, category, audience, locale, vector: embedding && floatsFromBytes(embedding), fineVectors }
}
