import type { Article, ChunkKind, Phrasing } from '../../generated/prisma/client.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { type ArticleChunk, chunkArticle, embeddedText } from './chunk-article.ts'

/** The version of everything that decides what an index holds: this file, chunk-article.ts, and what they embed. A change needs a new generation. */
export const chunking = 'headings-2'

export interface CutChunk extends ArticleChunk {
  kind: ChunkKind
  /** What its vector is made of. */
  embedded: string
  /** What its fine vectors are made of: the whole article first, then its sentences. */
  fine: string[]
}

const mostSentences = 32
const leastLetters = 4

/** Everything by which an article is found: its sections and, as further vectors, the phrasings that customers use for it. */
export function cutArticle(
  article: Pick<Article, 'title' | 'body'> & { phrasings: Pick<Phrasing, 'text'>[] },
  countTokens: (text: string) => number,
): CutChunk[] {
  const { title, phrasings } = article
  const sections = chunkArticle(article, countTokens).map(
    (chunk): CutChunk => ({
      ...chunk,
      kind: 'SECTION',
      embedded: embeddedText(chunk),
      fine: [articleText(article), ...sentencesOf(chunk.text).map((sentence) => titled(title, sentence))],
    }),
  )
  const asked = phrasings.map(({ text }, index): CutChunk => {
    const chunk = { index, heading: title, text, section: '', tokens: countTokens(text) }
    return { ...chunk, kind: 'PHRASING', embedded: text, fine: [articleText(article), titled(title, text)] }
  })
  return [...sections, ...asked]
}

/** The embedder reads the beginning: what the article as a whole is about stands there. */
const articleText = ({ title, body }: Pick<Article, 'title' | 'body'>) => `${title}\n${body}`

// A sentence alone rarely says what it is about.
const titled = (title: string, sentence: string) => `${title}: ${sentence}`

const sentencesOf = (text: string) =>
  sentenceSpans(text)
    .map((span) => span.text)
    .filter((sentence) => (sentence.match(/[\p{L}\p{N}]/gu) ?? []).length >= leastLetters)
    .slice(0, mostSentences)
