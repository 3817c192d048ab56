import type { Source } from '../../engines/generator.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'
import { type ConversationQueries, type ConversationTurn, conversationQueries, type QueryReason } from './conversation-queries.ts'
import { enoughWhenWidened, type Judgement, judgeEvidence } from './judge-evidence.ts'
import { checkStep, closingStep, type KnowledgeStep, planStep, retrieveStep } from './knowledge-steps.ts'
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
  /** What the customer said before, when the question leans on it. */
  context: string | null
  sources: EvidenceSource[]
  sufficient: boolean
  /** The chance that it is, 0 to 1. */
  confidence: number
  /** What was found is enough only with a staff article, which fits best: a person must decide what of it the customer is told. */
  staffOnly: boolean
  /** The first search was not enough, and a wider one was made. */
  widened: boolean
  degraded: boolean
  /** What was done, in order, and why: for the agent. */
  steps: KnowledgeStep[]
}

const articles = 5
const sourceCharacters = 2_400
const longestWideQuery = 400

interface Plan {
  queries: string[]
  reasons: QueryReason[]
  weights: number[]
}

interface Search {
  queries: string[]
  retrieval: Retrieval
  judgement: Judgement
  judgedMs: number
  staffOnly: boolean
}

/** Plans, searches, judges whether it is enough, and looks once more and wider when it is not. */
export async function gatherEvidence(
  resources: RetrieveNeeds,
  { history, question, filter, signal }: { history: ConversationTurn[]; question: string; filter?: ChunkFilter; signal?: AbortSignal },
): Promise<Evidence> {
  const planned = timed(() => conversationQueries([...history, { author: 'customer', text: question }]))
  const asked = planned.value
  const search = async ({ queries, weights }: Plan, within: ChunkFilter | undefined): Promise<Search> => {
    const retrieval = await retrieve(resources, { queries, weights, limit: articles, ...(within && { filter: within }), ...(signal && { signal }) })
    // The words alone of a follow-up are too few to be covered or not.
    const searched = retrieval.queries
    // Staff articles inform the agent; whether a reply can be written is a matter of what it may quote.
    const quotable = { ...retrieval, hits: retrieval.hits.filter(({ article }) => article.audience === 'PUBLIC') }
    const judge = (from: Retrieval) => judgeEvidence({ queries: asked.isFollowUp ? searched.slice(1) : searched, retrieval: from })
    const judged = timed(() => judge(quotable))
    const staffFirst = retrieval.hits[0]?.article.audience === 'INTERNAL'
    const staffOnly = !judged.value.sufficient && staffFirst && judge(retrieval).sufficient
    return { queries: searched, retrieval, judgement: judged.value, judgedMs: judged.ms, staffOnly }
  }
  const first = await search(asked, filter)
  const steps = [
    planStep('PLAN', { queries: first.queries, reasons: asked.reasons, filter, tookMs: planned.ms }),
    retrieveStep(first.retrieval),
    checkStep({ judgement: first.judgement, tookMs: first.judgedMs }),
  ]
  if (first.judgement.sufficient) return evidenceOf(first, { asked, question, steps, widened: false })
  const wide = timed(() => widen(asked, history, question))
  const everywhere = filter && withoutCategory(filter)
  const second = await search(wide.value, everywhere)
  // The wider search is kept only for what it adds: more queries alone must not pass for better evidence.
  const isBetter = second.judgement.confidence >= enoughWhenWidened
  const better = isBetter ? second : { ...first, queries: second.queries }
  steps.push(
    planStep('WIDEN', { queries: second.queries, reasons: wide.value.reasons, filter: everywhere, tookMs: wide.ms, ...(filter && { was: filter }) }),
    retrieveStep(second.retrieval),
    checkStep({ judgement: second.judgement, tookMs: second.judgedMs, isKept: isBetter }),
  )
  return evidenceOf(better, { asked, question, steps, widened: true })
}

// The bare subject words, and the question after all that the customer said before.
function widen({ queries, reasons, weights }: Plan, history: ConversationTurn[], question: string): Plan {
  const subject = (question.match(/[\p{L}\p{N}'’-]+/gu) ?? []).filter((word) => contentWords(word).length > 0).join(' ')
  const theirs = history.filter(({ author }) => author === 'customer').map(({ text }) => text)
  const everything = [...theirs.slice(-3), question].join('\n')
  const wider = new Map<string, QueryReason>()
  for (const [text, reason] of [
    [subject, 'SUBJECT'],
    [everything, 'EVERYTHING'],
  ] as const) {
    const query = text.replace(/\s+/g, ' ').trim().slice(-longestWideQuery).toWellFormed()
    if (query !== '' && !queries.includes(query) && !wider.has(query)) wider.set(query, reason)
  }
  return {
    queries: [...queries, ...wider.keys()],
    reasons: [...reasons, ...wider.values()],
    weights: [...weights, ...Array.from(wider, () => 0.5 / wider.size)],
  }
}

const withoutCategory = ({ category: _category, ...rest }: ChunkFilter): ChunkFilter => rest

function evidenceOf(
  { queries, retrieval, judgement, staffOnly }: Search,
  { asked, question, steps, widened }: { asked: ConversationQueries; question: string; steps: KnowledgeStep[]; widened: boolean },
): Evidence {
  const highest = retrieval.hits[0]?.score || 1
  const words = new Set(queries.flatMap(contentWords))
  const sufficient = question.trim() !== '' && judgement.sufficient
  const chosen = timed(() =>
    retrieval.hits.map((hit, index) => ({
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
  )
  const questions = asked.queries.filter((_, index) => ['ASKED', 'PART'].includes(asked.reasons[index]!))
  return {
    queries,
    context: asked.context,
    sources: chosen.value,
    sufficient,
    confidence: judgement.confidence,
    staffOnly,
    widened,
    degraded: retrieval.degraded,
    steps: [...steps, closingStep({ hits: retrieval.hits, sufficient, questions, tookMs: chosen.ms })],
  }
}

function timed<Value>(work: () => Value): { value: Value; ms: number } {
  const startedAt = performance.now()
  const value = work()
  return { value, ms: performance.now() - startedAt }
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
