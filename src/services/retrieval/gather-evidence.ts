import type { Source } from '../../engines/generator.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'
import { type ConversationTurn, conversationQueries } from './conversation-queries.ts'
import { type Judgement, judgeEvidence } from './judge-evidence.ts'
import { type Retrieval, type RetrievedArticle, type RetrieveNeeds, retrieve } from './retrieve.ts'

export interface EvidenceSource extends Source {
  articleId: string
  articleVersion: number
  /** The passage that fits the question best, word for word. */
  quote: string
}

export interface Evidence {
  /** What was searched for, the customer's own words first. */
  queries: string[]
  sources: EvidenceSource[]
  sufficient: boolean
  /** The chance that it is, 0 to 1. */
  confidence: number
  /** The first search was not enough, and a wider one was made. */
  widened: boolean
  degraded: boolean
}

const articles = 5
const sourceCharacters = 2_400
const longestWideQuery = 400

/** Finds what a reply can be written from, judges whether it is enough, and looks once more and wider when it is not. */
export async function gatherEvidence(
  resources: RetrieveNeeds,
  { history, question, filter, signal }: { history: ConversationTurn[]; question: string; filter?: ChunkFilter; signal?: AbortSignal },
): Promise<Evidence> {
  const asked = conversationQueries([...history, { author: 'customer', text: question }])
  const search = async (queries: string[], weights: number[], within: ChunkFilter | undefined) => {
    const retrieval = await retrieve(resources, { queries, weights, limit: articles, ...(within && { filter: within }), ...(signal && { signal }) })
    // The words alone of a follow-up are too few to be covered or not.
    const searched = retrieval.queries
    // Staff articles inform the agent; whether a reply can be written is a matter of what it may quote.
    const quotable = { ...retrieval, hits: retrieval.hits.filter(({ article }) => article.audience === 'PUBLIC') }
    return {
      queries: searched,
      retrieval,
      judgement: judgeEvidence({ queries: asked.isFollowUp ? searched.slice(1) : searched, retrieval: quotable }),
    }
  }
  const first = await search(asked.queries, asked.weights, filter)
  if (first.judgement.sufficient) return evidenceOf(first, { question, widened: false })
  const wide = widen(asked, history, question)
  const second = await search(wide.queries, wide.weights, filter && withoutCategory(filter))
  // The wider search is kept only for what it adds: more queries alone must not pass for better evidence.
  const better = second.judgement.confidence > first.judgement.confidence ? second : { ...first, queries: second.queries }
  return evidenceOf(better, { question, widened: true })
}

// The bare subject words, and the question after all that the customer said before.
function widen(
  { queries, weights }: { queries: string[]; weights: number[] },
  history: ConversationTurn[],
  question: string,
): { queries: string[]; weights: number[] } {
  const subject = (question.match(/[\p{L}\p{N}'’-]+/gu) ?? []).filter((word) => contentWords(word).length > 0).join(' ')
  const theirs = history.filter(({ author }) => author === 'customer').map(({ text }) => text)
  const everything = [...theirs.slice(-3), question].join('\n')
  const more = [subject, everything]
    .map((query) => query.replace(/\s+/g, ' ').trim().slice(-longestWideQuery).toWellFormed())
    .filter((query) => query !== '' && !queries.includes(query))
  const added = [...new Set(more)]
  return { queries: [...queries, ...added], weights: [...weights, ...added.map(() => 0.5 / added.length)] }
}

const withoutCategory = ({ category: _category, ...rest }: ChunkFilter): ChunkFilter => rest

function evidenceOf(
  { queries, retrieval, judgement }: { queries: string[]; retrieval: Retrieval; judgement: Judgement },
  { question, widened }: { question: string; widened: boolean },
): Evidence {
  const highest = retrieval.hits[0]?.score || 1
  const words = new Set(queries.flatMap(contentWords))
  return {
    queries,
    sources: retrieval.hits.map((hit, index) => ({
      number: index + 1,
      title: hit.article.title,
      heading: hit.chunk.heading,
      text: sourceText(hit),
      quote: bestSentence(hit.chunk.text, words),
      // Scores of one search say nothing beside those of another; the judgement does.
      score: (hit.score / highest) * judgement.confidence,
      internal: hit.article.audience === 'INTERNAL',
      articleId: hit.articleId,
      articleVersion: hit.chunk.articleVersion,
    })),
    sufficient: question.trim() !== '' && judgement.sufficient,
    confidence: judgement.confidence,
    widened,
    degraded: retrieval.degraded,
  }
}

/** The sections that the article was found by, in the order of the article; of a long one only the chunk. */
function sourceText({ chunks }: RetrievedArticle): string {
  const texts: { index: number; text: string }[] = []
  let left = sourceCharacters
  for (const { index, section, text } of chunks) {
    if (texts.some((taken) => taken.text.includes(text))) continue
    const chosen = section.length <= left ? section : text
    if (texts.length > 0 && chosen.length > left) continue
    texts.push({ index, text: chosen })
    left -= chosen.length
  }
  return texts
    .sort((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join('\n\n')
}

function bestSentence(text: string, words: Set<string>): string {
  const sentences = sentenceSpans(text)
    .map((span) => span.text)
    // The bold line that names a section says nothing itself.
    .filter((sentence) => !/^\*\*[^*]+\*\*$/.test(sentence))
  const hits = (sentence: string) => contentWords(sentence).filter((word) => words.has(word)).length
  return sentences.reduce((best, sentence) => (hits(sentence) > hits(best) ? sentence : best), sentences[0] ?? text)
}
