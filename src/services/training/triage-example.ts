import type { TrainingExample, TrainingLesson } from '../../generated/prisma/client.ts'
import { bytesFromFloats, floatsFromBytes } from '../../lib/float-bytes.ts'
import { dot } from '../../lib/math/dot-products.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import type { Resources } from '../../resources.ts'
import { type RetrieveNeeds, retrieve } from '../retrieval/retrieve.ts'
import { supportThresholds } from '../support/check-support.ts'
import { KnownFacts, missingFacts } from '../support/find-facts.ts'
import { needsSupport } from '../support/needs-support.ts'
import { replyBody } from '../support/reply-body.ts'
import { cosine, sentenceVectors } from '../support/sentence-vectors.ts'
import { readSource, wordRecall } from '../support/word-recall.ts'

/** A sentence that the agent added or took out, and the article that says it. */
export interface LessonEvidence {
  kind: 'ADDED' | 'REMOVED'
  text: string
  articleId: string | null
  /** The article's sentence, word for word. */
  quote: string | null
}

const mostEvidence = 20
const longestText = 500
/** The embedder reads no more. */
const longestCompared = 1_200
const lookedAt = 6
/** A claim of which an article has so many of the words needs no look at its meaning. */
const saidInWords = 0.8
/** A correction that has less than this in common with question and draft is about something else. */
const leastRelated = 0.12
/** Two questions that are the same but for their wording. */
export const nearCopy = 0.95
/** Of the same intent, newest first: two that contradict each other about the same question are rarely far apart. */
const mostCompared = 200

type TriageNeeds = RetrieveNeeds & Pick<Resources, 'database' | 'embedder'>

/**
 * Looks at what was corrected: which sentences changed, which article supports the new ones, and what kind of lesson that is. Keeps the question's
 * vector beside it. What the rules approved goes back to a review when it is about something else, or contradicts an older approved correction of
 * the same question. May be repeated; an example that was changed meanwhile is left to the triage that the change has queued.
 */
export async function triageExample(
  resources: TriageNeeds,
  { trainingExampleId, signal }: { trainingExampleId: string; signal: AbortSignal },
): Promise<void> {
  await triageExamples(resources, { trainingExampleIds: [trainingExampleId], signal })
}

/** The same for a few at once, oldest first: each is compared with those before it. */
export async function triageExamples(
  resources: TriageNeeds,
  { trainingExampleIds, signal }: { trainingExampleIds: string[]; signal: AbortSignal },
): Promise<void> {
  const examples = await resources.database.trainingExample.findMany({
    where: { id: { in: trainingExampleIds } },
    orderBy: { id: 'asc' },
    include: {
      draft: {
        select: {
          intent: true,
          citations: { select: { articleId: true, used: true, kept: true } },
          feedback: {
            where: { correctedArticleIds: { isEmpty: false } },
            orderBy: { updatedAt: 'desc' },
            take: 1,
            select: { correctedArticleIds: true },
          },
        },
      },
    },
  })
  // Together, so that the embedder is handed batches and the search works while it computes.
  await sentenceVectors(resources.embedder, examples.flatMap(textsToEmbed), signal)
  const studies = await Promise.all(examples.map((example) => study(resources, { example, signal })))
  for (const studied of studies) await store(resources, { studied, signal })
}

type Example = TrainingExample & {
  draft: {
    intent: string | null
    citations: { articleId: string | null; used: boolean; kept: boolean | null }[]
    feedback: { correctedArticleIds: string[] }[]
  }
}
interface Study {
  example: Example
  questionVector: Float32Array | null
  change: Change
  evidence: LessonEvidence[]
}

async function study(resources: TriageNeeds, { example, signal }: { example: Example; signal: AbortSignal }): Promise<Study> {
  const questionVector = (await sentenceVectors(resources.embedder, [example.question], signal))?.get(example.question) ?? null
  const change = changedSentences(example)
  return { example, questionVector, change, evidence: await findEvidence(resources, { example, change, signal }) }
}

async function store(
  resources: TriageNeeds,
  { studied: { example, questionVector, change, evidence }, signal }: { studied: Study; signal: AbortSignal },
): Promise<void> {
  const { database, embedder } = resources
  const { citations, feedback, intent } = example.draft
  const supporting = countedArticles(evidence)
  const cited = citations.filter(({ used, kept }) => used && kept !== false).flatMap(({ articleId }) => articleId ?? [])
  const articleIds =
    feedback[0]?.correctedArticleIds ??
    (supporting.length > 0 ? supporting : example.isSentAsDrafted || example.rating === 'HELPFUL' ? [...new Set(cited)] : [])
  const doubt = example.state === 'APPROVED' && example.reviewedAt === null ? await findDoubt(resources, { example, questionVector, signal }) : null
  await database.trainingExample.updateMany({
    where: { id: example.id, updatedAt: example.updatedAt },
    data: {
      lesson: lessonOf(example, { change, evidence, isRerouted: example.intent !== null && example.intent !== intent }),
      lessonEvidence: evidence.slice(0, mostEvidence).map((found) => ({ ...found })),
      articleIds,
      ...(questionVector && { embedding: bytesFromFloats(questionVector), embeddingModel: embedder!.model }),
      ...(doubt !== null && { state: 'CANDIDATE' as const, stateReason: doubt }),
    },
  })
}

/** What every triage asks for the vectors of. */
function textsToEmbed({ question, correction }: Pick<TrainingExample, 'question' | 'correction'>): string[] {
  if (correction === null) return [question]
  return [question, comparedText(correction)]
}

const claimsOf = ({ added }: Change) => added.filter(needsSupport).slice(0, mostEvidence)
const comparedText = (reply: string) => (replyBody(reply) || reply).slice(0, longestCompared).toWellFormed()

interface Change {
  added: string[]
  removed: string[]
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const sentencesOf = (text: string) => sentenceSpans(replyBody(text)).map((span) => span.text.replace(/\s*\[\d{1,3}\]/g, ''))

export function changedSentences({ originalResponse, correction }: Pick<TrainingExample, 'originalResponse' | 'correction'>): Change {
  if (correction === null) return { added: [], removed: [] }
  const [before, after] = [sentencesOf(originalResponse), sentencesOf(correction)]
  const [had, has] = [new Set(before.map(plain)), new Set(after.map(plain))]
  return { added: after.filter((text) => !had.has(plain(text))), removed: before.filter((text) => !has.has(plain(text))) }
}

/** For each sentence that claims something: the public article that bears it out best, of those found for question and correction. */
async function findEvidence(
  resources: RetrieveNeeds & Pick<Resources, 'embedder'>,
  { example, change, signal }: { example: TrainingExample; change: Change; signal: AbortSignal },
): Promise<LessonEvidence[]> {
  const claims = claimsOf(change)
  const removed = change.removed
    .slice(0, mostEvidence)
    .map((text): LessonEvidence => ({ kind: 'REMOVED', text: shorten(text), articleId: null, quote: null }))
  if (claims.length === 0) return removed
  const { hits } = await retrieve(resources, {
    queries: [comparedText(example.correction!)],
    limit: lookedAt,
    filter: { audience: 'PUBLIC' },
    signal,
  })
  const sources = hits.map(({ article }, index) => ({
    ...readSource({ number: index, title: article.title, heading: article.title, text: article.body }),
    facts: new KnownFacts([`${article.title}\n${article.body}`], [example.question]),
  }))
  const read = claims.map((text) => {
    const words = new Set(contentWords(text))
    const recalls = sources.map((source) => (missingFacts(text, source.facts).length > 0 ? null : wordRecall(words, source)))
    return { text, words, recalls, isSaidInWords: recalls.some((recall) => recall !== null && recall >= saidInWords) }
  })
  const unclear = read.filter(({ isSaidInWords }) => !isSaidInWords).map(({ text }) => text)
  const sentences = sources.flatMap(({ plain: theirs }) => theirs)
  const meant = unclear.length === 0 ? null : await sentenceVectors(resources.embedder, [...unclear, ...sentences], signal)
  const added = read.map(({ text, words, recalls, isSaidInWords }): LessonEvidence => {
    const vectors = isSaidInWords ? null : meant
    let best = { fit: 0, index: -1, quote: '' }
    for (const [index, source] of sources.entries()) {
      const recall = recalls[index]
      if (recall == null) continue
      const meanings = source.plain.map((sentence) => cosine(vectors, text, sentence))
      const closest = vectors
        ? indexOfHighest(meanings)
        : indexOfHighest(source.words.map((theirs) => [...words].filter((word) => theirs.has(word)).length))
      const meaning = vectors ? (meanings[closest] ?? 0) : 0
      const isSupported = recall >= supportThresholds.recall || meaning >= supportThresholds.cosine
      const fit = Math.max(recall, meaning)
      if (isSupported && fit > best.fit) best = { fit, index, quote: source.sentences[closest]?.text ?? '' }
    }
    const isFound = best.index >= 0
    return {
      kind: 'ADDED',
      text: shorten(text),
      articleId: isFound ? hits[best.index]!.articleId : null,
      quote: isFound ? shorten(best.quote) : null,
    }
  })
  return [...added, ...removed]
}

/** Those that support the most sentences, best first; one that supports a single one of many is a neighbour. */
function countedArticles(evidence: LessonEvidence[]): string[] {
  const counts = new Map<string, number>()
  for (const { articleId } of evidence) if (articleId !== null) counts.set(articleId, (counts.get(articleId) ?? 0) + 1)
  const ranked = [...counts].sort((a, b) => b[1] - a[1])
  const most = ranked[0]?.[1] ?? 0
  return ranked
    .filter(([, count]) => count * 2 >= most)
    .slice(0, 3)
    .map(([articleId]) => articleId)
}

/**
 * What an agent says counts first: a reason, or the right intent. Then what changed: facts of the draft that the correction replaces were wrong,
 * facts or supported claims that it only adds were missing, and the rest is style.
 */
export function lessonOf(
  { correction, originalResponse, question, reasons }: Pick<TrainingExample, 'correction' | 'originalResponse' | 'question' | 'reasons'>,
  { change, evidence, isRerouted }: { change: Change; evidence: LessonEvidence[]; isRerouted: boolean },
): TrainingLesson | null {
  const says = (...wanted: TrainingExample['reasons']) => wanted.some((reason) => reasons.includes(reason))
  if (says('POLICY', 'INAPPROPRIATE')) return 'POLICY'
  if (says('INCORRECT', 'OUTDATED')) return 'WRONG_FACT'
  if (says('INCOMPLETE')) return 'MISSING_FACT'
  if (says('TONE', 'STYLE')) return 'STYLE'
  if (correction === null) return isRerouted ? 'ROUTING' : null
  const [before, after] = [replyBody(originalResponse), replyBody(correction)]
  const gone = missingFacts(before, [after, question])
  const fresh = missingFacts(after, [before, question])
  if (gone.length > 0 && fresh.length > 0) return 'WRONG_FACT'
  if (fresh.length > 0) return 'MISSING_FACT'
  const known = new Set(contentWords(`${before} ${question}`))
  const isNewClaim = evidence.some(
    ({ kind, text, articleId }) => kind === 'ADDED' && articleId !== null && contentWords(text).filter((word) => !known.has(word)).length >= 4,
  )
  if (gone.length > 0 && change.removed.some(needsSupport)) return 'WRONG_FACT'
  if (isNewClaim) return 'MISSING_FACT'
  return isRerouted ? 'ROUTING' : 'STYLE'
}

async function findDoubt(
  { database, embedder }: Pick<Resources, 'database' | 'embedder'>,
  { example, questionVector, signal }: { example: TrainingExample; questionVector: Float32Array | null; signal: AbortSignal },
): Promise<string | null> {
  const { correction, question, originalResponse } = example
  if (correction === null || !questionVector || !embedder) return null
  const [body, draft] = [comparedText(correction), comparedText(originalResponse)]
  const isLike = async (other: string) => cosine(await sentenceVectors(embedder, [body, other], signal), body, other) >= leastRelated
  if (!(await isLike(question)) && !(await isLike(draft)))
    return 'The correction has nothing to do with the question or the draft. Approve it if it is the right reply all the same.'
  const others = await database.trainingExample.findMany({
    where: {
      id: { not: example.id },
      state: 'APPROVED',
      correction: { not: null },
      intent: example.intent,
      embeddingModel: embedder.model,
      createdAt: { lt: example.createdAt },
    },
    orderBy: { createdAt: 'desc' },
    take: mostCompared,
    select: { id: true, embedding: true },
  })
  const alike = others.filter(({ embedding }) => {
    const vector = embedding && floatsFromBytes(embedding)
    return vector?.length === questionVector.length && dot(vector, 0, questionVector, 0, vector.length) > nearCopy
  })
  if (alike.length === 0) return null
  const older = await database.trainingExample.findMany({
    where: { id: { in: alike.slice(0, 10).map(({ id }) => id) } },
    select: { id: true, correction: true },
  })
  const other = older.find((theirs) => contradicts(correction, theirs.correction!, question))
  return other
    ? `Another approved correction (${other.id}) gives different facts for the same question. Approve this one and exclude that one if this one is right.`
    : null
}

/** Each has an exact thing that the other lacks. A longer reply that says more contradicts nothing. */
export function contradicts(one: string, other: string, question: string): boolean {
  const [left, right] = [replyBody(one), replyBody(other)]
  return missingFacts(left, [right, question]).length > 0 && missingFacts(right, [left, question]).length > 0
}

const indexOfHighest = (values: number[]) => values.reduce((best, value, index) => (value > (values[best] ?? -1) ? index : best), 0)
const shorten = (text: string) => (text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`)
