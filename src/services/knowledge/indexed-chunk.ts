import type { Article, Chunk } from '../../generated/prisma/client.ts'
import { floatsFromBytes } from '../../lib/float-bytes.ts'
import type { IndexedChunk } from '../../stores/vectors.ts'
import { embeddedText } from './chunk-article.ts'

/** A stored chunk as the search index holds it. */
export function indexedChunk(chunk: Chunk, { category, audience, locale }: Pick<Article, 'category' | 'audience' | 'locale'>): IndexedChunk {
  const { id, articleId, articleVersion, embedding } = chunk
  return { id, articleId, articleVersion, content: embeddedText(chunk), category, audience, locale, vector: embedding && floatsFromBytes(embedding) }
}
