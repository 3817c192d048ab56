import type { RetrievalLessons } from '../../engines/fit-retrieval.ts'
import { trainRetrieval } from '../../engines/train-retrieval.ts'
import { createRandom } from '../../lib/math/random.ts'
import type { Resources } from '../../resources.ts'
import { fixedLearned, nothingLearned } from '../../stores/learned.ts'
import { signalWeights } from '../retrieval/fuse-signals.ts'
import { type SearchNeeds, searchChunks } from '../retrieval/search-chunks.ts'
import { sentenceVectors } from '../support/sentence-vectors.ts'

/** A question, and the articles that answer it. */
export interface LabelledQuestion {
  exampleId: string
  question: string
  articleIds: string[]
  /** Questions of one customer are never on both sides of a fold. */
  customerId: string
}

export interface RetrievalLearning {
  queryAdapter: Float32Array | null
  signalWeights: Record<Signal, number> | null
  phrasings: { articleId: string; text: string; trainingExampleId: string }[]
  parts: { part: 'QUERY_ADAPTER' | 'SIGNAL_WEIGHTS' | 'PHRASINGS'; isKept: boolean; reason: string }[]
}

type Signal = keyof typeof signalWeights
const order = ['article', 'section', 'sentence', 'keyword'] as const satisfies Signal[]
const parts = ['QUERY_ADAPTER', 'SIGNAL_WEIGHTS', 'PHRASINGS'] as const
/** With fewer, what a fit finds is chance more often than not. */
export const fewestQuestions = 40
/** The arithmetic takes about 10 s at so many, on one core. Of more, so many are drawn by lot. */
const mostQuestions = 1_000
const candidates = 30
const longestPhrasing = 300
const embeddedAtOnce = 64

/** Learns to retrieve from question and right article, and keeps what cross-validation gains. Nothing is written. */
export async function learnRetrieval(
  resources: SearchNeeds & Pick<Resources, 'embedder'>,
  {
    questions,
    signal,
    onProgress,
  }: { questions: LabelledQuestion[]; signal: AbortSignal; onProgress?: (done: number, total: number) => Promise<void> },
): Promise<RetrievalLearning> {
  const nothing = (reason: string): RetrievalLearning => ({
    queryAdapter: null,
    signalWeights: null,
    phrasings: [],
    parts: parts.map((part) => ({ part, isKept: false, reason })),
  })
  if (!resources.embedder) return nothing('There is no embedder, and so nothing to turn or weigh.')
  const distinct = [...new Map(questions.map((question) => [question.question.toLowerCase(), question])).values()]
  if (distinct.length < fewestQuestions)
    return nothing(
      `Only ${distinct.length} different questions are known together with their article, and ${fewestQuestions} are needed before a fit can be told from chance.`,
    )
  const drawn = distinct.length <= mostQuestions ? distinct : createRandom(1).shuffled(distinct).slice(0, mostQuestions)
  const lessons = await readLessons(resources, { questions: drawn, signal, ...(onProgress && { onProgress }) })
  if (!lessons) return nothing('The search index is away, so that nothing could be compared.')
  const fit = await trainRetrieval(lessons, { signal })
  const phrasings = fit.keepsPhrasings
    ? drawn
        .filter(({ question }) => question.length <= longestPhrasing)
        .flatMap(({ exampleId, question, articleIds }) =>
          articleIds.slice(0, 1).map((articleId) => ({ articleId, text: question.replace(/\s+/g, ' ').trim(), trainingExampleId: exampleId })),
        )
    : []
  const weights = fit.weights && (Object.fromEntries(order.map((name, index) => [name, fit.weights![index]!])) as Record<Signal, number>)
  return { queryAdapter: fit.queryAdapter, signalWeights: weights, phrasings, parts: fit.parts }
}

/** Searches each question as if nothing had been learned, so that a new fit never rests on an earlier one. */
async function readLessons(
  resources: SearchNeeds & Pick<Resources, 'embedder'>,
  {
    questions,
    signal,
    onProgress,
  }: { questions: LabelledQuestion[]; signal: AbortSignal; onProgress?: (done: number, total: number) => Promise<void> },
): Promise<RetrievalLessons | null> {
  const plain = { ...resources, learned: fixedLearned(nothingLearned) }
  const articleNumbers = new Map<string, number>()
  const numberOf = (articleId: string) => {
    const known = articleNumbers.get(articleId) ?? articleNumbers.size
    articleNumbers.set(articleId, known)
    return known
  }
  const chunks = new Map<string, { number: number; article: number; vector: Float32Array; fine: Uint8Array | null }>()
  const found: { vector: Float32Array; right: number[]; candidates: { chunk: number; keyword: number }[] }[] = []
  for (const [index, { question, articleIds }] of questions.entries()) {
    signal.throwIfAborted()
    if (index % embeddedAtOnce === 0) {
      const together = questions.slice(index, index + embeddedAtOnce).map((one) => one.question)
      await sentenceVectors(resources.embedder, together, signal)
    }
    const search = await searchChunks(plain, { queries: [question], mode: 'HYBRID', limit: candidates, filter: { audience: 'PUBLIC' }, signal })
    const result = search.results[0]!
    if (!result.embedding) return null
    const highest = Math.max(0, ...result.keyword.map(({ score }) => score))
    const keywords = new Map(result.keyword.map(({ id, score }) => [id, highest === 0 ? 0 : score / highest]))
    const hits = new Map([...result.keyword, ...result.vector].filter(({ vector, kind }) => vector && kind === 'SECTION').map((hit) => [hit.id, hit]))
    const seen = Array.from(hits.values(), ({ id, articleId, vector, fineVectors }) => {
      const known = chunks.get(id) ?? { number: chunks.size, article: numberOf(articleId), vector: vector!, fine: fineVectors }
      chunks.set(id, known)
      return { chunk: known.number, keyword: keywords.get(id) ?? 0 }
    })
    found.push({ vector: result.embedding, right: articleIds.map(numberOf), candidates: seen })
    if (index % 25 === 24) await onProgress?.(index + 1, questions.length)
  }
  return toArrays(questions, found, [...chunks.values()])
}

function toArrays(
  questions: LabelledQuestion[],
  found: { vector: Float32Array; right: number[]; candidates: { chunk: number; keyword: number }[] }[],
  chunks: { article: number; vector: Float32Array; fine: Uint8Array | null }[],
): RetrievalLessons {
  const dimensions = found[0]!.vector.length
  const customers = [...new Set(questions.map(({ customerId }) => customerId))]
  const fine = chunks.map(({ vector, fine: packed }) => unpack(packed, vector))
  return {
    dimensions,
    questions: joined(
      found.map(({ vector }) => vector),
      dimensions,
    ),
    groups: Int32Array.from(questions, ({ customerId }) => customers.indexOf(customerId)),
    rightFrom: starts(found.map(({ right }) => right.length)),
    rightArticles: Int32Array.from(found.flatMap(({ right }) => right)),
    chunkArticle: Int32Array.from(chunks, ({ article }) => article),
    sections: joined(
      chunks.map(({ vector }) => vector),
      dimensions,
    ),
    articles: joined(
      fine.map(([article]) => article!),
      dimensions,
    ),
    sentenceFrom: starts(fine.map(({ length }) => length - 1)),
    sentences: joined(
      fine.flatMap(([, ...sentences]) => sentences),
      dimensions,
    ),
    candidateFrom: starts(found.map((one) => one.candidates.length)),
    candidates: Int32Array.from(found.flatMap((one) => one.candidates.map(({ chunk }) => chunk))),
    keywords: Float32Array.from(found.flatMap((one) => one.candidates.map(({ keyword }) => keyword))),
    weights: Float32Array.from(order, (name) => signalWeights[name]),
  }
}

/** The vectors of the article and of its sentences, of length 1. An index from before has none: then the section stands for its article. */
function unpack(packed: Uint8Array | null, section: Float32Array): Float32Array[] {
  const size = section.length
  if (!packed || packed.byteLength < size) return [section]
  const numbers = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength)
  return Array.from({ length: Math.floor(numbers.length / size) }, (_, index) => {
    const vector = Float32Array.from(numbers.subarray(index * size, (index + 1) * size))
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    return length === 0 ? vector : vector.map((value) => value / length)
  })
}

function joined(vectors: Float32Array[], dimensions: number): Float32Array {
  const all = new Float32Array(vectors.length * dimensions)
  for (const [index, vector] of vectors.entries()) all.set(vector, index * dimensions)
  return all
}

function starts(lengths: number[]): Int32Array {
  const from = new Int32Array(lengths.length + 1)
  for (const [index, length] of lengths.entries()) from[index + 1] = from[index]! + length
  return from
}
