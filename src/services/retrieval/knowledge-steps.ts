import { contentWords } from '../../lib/text/content-words.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'
import type { QueryReason } from './conversation-queries.ts'
import type { Judgement } from './judge-evidence.ts'
import type { Retrieval, RetrievedArticle } from './retrieve.ts'

export type KnowledgeStepKind = 'PLAN' | 'RETRIEVE' | 'CHECK' | 'WIDEN' | 'ANSWER' | 'ADMIT'

/** One thing that the knowledge agent did, with what it rests on. Kept with the draft as it is, so what is in it has limits. */
export interface KnowledgeStep {
  kind: KnowledgeStepKind
  /** In plain words, for the agent. */
  summary: string
  tookMs: number
  queries?: PlannedQuery[]
  filter?: ChunkFilter
  /** By a RETRIEVE step, best first. */
  hits?: KnowledgeHit[]
  degradedParts?: string[]
  judgement?: { sufficient: boolean; confidence: number; threshold: number; signals: { name: string; value: number }[] }
  /** Of an ADMIT step: what was asked, and words of it that nothing that was found has. */
  missing?: { questions: string[]; words: string[] }
}

export interface PlannedQuery {
  text: string
  reason: QueryReason | 'SPELLING'
}

export interface KnowledgeHit {
  articleId: string
  title: string
  heading: string
  internal: boolean
  score: number
  similarity: number | null
  sentenceSimilarity: number | null
  articleSimilarity: number | null
  keywordScore: number | null
  rerankScore: number | null
}

const longestText = 300
const mostQueries = 12
const mostHits = 10
const mostWords = 12

/** What will be searched for, and why; `asked` are the queries before typing errors were spelled out, which follow them. */
export function planStep(
  kind: 'PLAN' | 'WIDEN',
  {
    queries,
    reasons,
    filter,
    tookMs,
    was,
  }: { queries: string[]; reasons: QueryReason[]; filter: ChunkFilter | undefined; tookMs: number; was?: ChunkFilter },
): KnowledgeStep {
  const planned = queries.slice(0, mostQueries).map((text, index): PlannedQuery => ({ text: shorten(text), reason: reasons[index] ?? 'SPELLING' }))
  const count = (reason: PlannedQuery['reason']) => planned.filter((query) => query.reason === reason).length
  const why = [
    count('FOLLOW_UP') > 0 && 'together with what was said before, which it leans on',
    count('PART') > 0 && `${count('PART') === 1 ? 'the question in it' : `each of its ${count('PART')} questions`} alone`,
    count('SPELLING') > 0 && 'without its typing errors',
  ].filter(Boolean)
  const wider = [
    count('SUBJECT') > 0 && 'the bare subject words',
    count('EVERYTHING') > 0 && 'all that the customer said',
    was?.category && 'every category',
  ].filter(Boolean)
  return {
    kind,
    summary:
      kind === 'PLAN'
        ? `Search for the customer’s words${why.length > 0 ? `; ${why.join('; ')}` : ''}.`
        : `Not enough: search once more, wider${wider.length > 0 ? `, with ${wider.join(' and ')}` : ''}.`,
    tookMs,
    queries: planned,
    ...(filter && { filter }),
  }
}

/** What was searched for in the end, without what was mended of it; shortened, as steps are. */
export function queriesAsWritten(steps: KnowledgeStep[]): string[] {
  const planned = steps.findLast(({ queries }) => queries !== undefined)?.queries ?? []
  return planned.filter(({ reason }) => reason !== 'SPELLING').map(({ text }) => text)
}

export function retrieveStep({ hits, queries, tookMs, mode, degradedParts }: Retrieval): KnowledgeStep {
  const best = hits[0]
  const more = queries.length > 1 ? ` and ${queries.length - 1} more` : ''
  const away = degradedParts.length > 0 ? ` A part was away (${degradedParts.join(', ').toLowerCase()}).` : ''
  const by = mode === 'KEYWORD' ? ' by words alone' : ''
  return {
    kind: 'RETRIEVE',
    summary: `Searched${by} for “${shorten(queries[0] ?? '', 80)}”${more}; ${best ? `best: ${shorten(best.article.title, 100)} (${best.score.toFixed(2)})` : 'nothing was found'}.${away}`,
    tookMs,
    hits: hits.slice(0, mostHits).map(hitOf),
    degradedParts,
  }
}

const hitOf = ({
  articleId,
  article,
  chunk,
  score,
  similarity,
  sentenceSimilarity,
  articleSimilarity,
  keywordScore,
  rerankScore,
}: RetrievedArticle) => ({
  articleId,
  title: shorten(article.title),
  heading: shorten(chunk.heading),
  internal: article.audience === 'INTERNAL',
  score,
  similarity,
  sentenceSimilarity,
  articleSimilarity,
  keywordScore,
  rerankScore,
})

export function checkStep({ judgement, tookMs, isKept = true }: { judgement: Judgement; tookMs: number; isKept?: boolean }): KnowledgeStep {
  const { sufficient, confidence, threshold, signals } = judgement
  const verdict = `${sufficient ? 'Enough' : 'Not enough'} to answer from: ${confidence.toFixed(2)}, and ${threshold.toFixed(2)} is needed.`
  return {
    kind: 'CHECK',
    summary: isKept ? verdict : `${verdict} No better than the first search, whose articles are kept.`,
    tookMs,
    judgement: { sufficient, confidence, threshold, signals: Object.entries(signals).map(([name, value]) => ({ name, value })) },
  }
}

/** The last one: what the reply can be written from, or what it has to admit. */
export function closingStep({
  hits,
  sufficient,
  questions,
  tookMs,
}: {
  hits: RetrievedArticle[]
  sufficient: boolean
  /** The customer's words, then the single questions in them. */
  questions: string[]
  tookMs: number
}): KnowledgeStep {
  const quotable = hits.filter(({ article }) => article.audience === 'PUBLIC')
  const internal = hits.length - quotable.length
  const staff =
    internal > 0 ? ` ${internal === 1 ? 'One staff article is' : `${internal} staff articles are`} shown to you and kept from the reply.` : ''
  if (sufficient) {
    const titles = quotable.slice(0, 3).map(({ article }) => shorten(article.title, 80))
    return {
      kind: 'ANSWER',
      summary: `Answer from ${titles.join('; ')}${quotable.length > 3 ? ` and ${quotable.length - 3} more` : ''}.${staff}`,
      tookMs,
    }
  }
  const words = missingWords(questions[0] ?? '', quotable)
  return {
    kind: 'ADMIT',
    summary: `Say that the articles may not answer this${words.length > 0 ? `: none that was found has ${words.map((word) => `“${word}”`).join(', ')}` : ''}.${staff}`,
    tookMs,
    missing: { questions: (questions.length > 1 ? questions.slice(1) : questions).slice(0, 4).map((question) => shorten(question)), words },
  }
}

/** Words of the question, as they stand in it, that none of the articles has in any form. */
function missingWords(question: string, hits: RetrievedArticle[]): string[] {
  const known = new Set(
    hits.flatMap(({ article, chunks }) => contentWords([article.title, ...chunks.flatMap(({ heading, section }) => [heading, section])].join('\n'))),
  )
  const words = question.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
  const missing = words.filter((word) => {
    const stems = contentWords(word)
    return stems.length > 0 && word.length <= 40 && stems.every((stem) => !known.has(stem))
  })
  return [...new Map(missing.map((word) => [word.toLowerCase(), word])).values()].slice(0, mostWords)
}

const shorten = (text: string, longest = longestText) => (text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`)
