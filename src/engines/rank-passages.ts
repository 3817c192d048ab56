import { contentWords } from '../lib/text/content-words.ts'
import { answersCue, asksForCue } from './answer-cues.ts'
import type { Embedder } from './embedder.ts'
import { isAboutASpecialCase } from './is-about-a-special-case.ts'
import { isRowForTheRest } from './is-row-for-the-rest.ts'
import { type PreferredSentence, preferenceFor } from './preferred-sentences.ts'
import type { Passage } from './read-passages.ts'

export interface RankedPassage extends Passage {
  /** How well it answers, 0 to about 1; for the part of the question that it answers best. */
  score: number
  /** The same for each part of the question. */
  scores: number[]
  /** It begins with what was asked for and a colon. */
  isLabelled: boolean
  words: Set<string>
  vector: Float32Array | null
}

/** Embedding is what takes time: some 4 ms a sentence that was not seen before, on 2 cores. */
const maximumEmbedded = 32

/**
 * Scores every passage against each part of the question: by the words they share, weighted by their rarity here, by cosine, and by what
 * retrieval thought of its source. A part that leans on the context is half what was said there. Without an embedder, or when it fails, by words alone.
 */
export async function rankPassages(
  passages: Passage[],
  {
    parts,
    context = null,
    preferred = [],
    embedder,
    signal,
  }: {
    parts: string[]
    context?: string | null
    /** What agents wrote when they were asked the like; a passage that says the same is preferred. */
    preferred?: PreferredSentence[]
    embedder: Embedder | null
    signal: AbortSignal
  },
): Promise<{ ranked: RankedPassage[]; hasVectors: boolean }> {
  const candidates: RankedPassage[] = passages.map((passage) => ({
    ...passage,
    score: 0,
    scores: [],
    isLabelled: isLabelledBy(parts[0]!, passage.text) || isRowForTheRest(parts[0]!, passage),
    words: new Set(contentWords(passage.text)),
    vector: null,
  }))
  const rarity = rarityOf(candidates.map(({ words, heading, source }) => new Set([...words, ...contentWords(`${heading} ${source.title}`)])))
  const partWords = parts.map((part) => new Set(contentWords(part)))
  const contextWords = context === null ? null : new Set(contentWords(context))
  const inContext = (own: number, ofContext: number | null) => (ofContext === null ? own : (own + ofContext) / 2)
  const byWords = candidates.map((candidate) => {
    const ofContext = contextWords && wordScore(contextWords, candidate, rarity)
    return partWords.map((words) => inContext(wordScore(words, candidate, rarity), ofContext))
  })

  const preselected = candidates
    .map((candidate, i) => ({ candidate, fit: Math.max(...byWords[i]!) + candidate.source.score }))
    .sort((a, b) => b.fit - a.fit)
    .slice(0, maximumEmbedded)
    .map(({ candidate }) => candidate)
  const asked = parts.map((part) => (context === null ? part : `${context} ${part}`))
  const vectors = await embedAll(
    [
      ...new Set([...parts, ...asked]),
      ...new Set(preselected.map(contextOf)),
      ...preselected.map(embeddedText),
      ...preferred.map(({ text }) => text),
    ],
    {
      embedder,
      signal,
    },
  )
  for (const candidate of preselected) candidate.vector = vectors?.get(embeddedText(candidate)) ?? null

  const considered = vectors ? preselected : candidates
  const bonusOf = ({ vector, words }: RankedPassage) => preferenceFor(preferred, { vector, words, vectors })
  for (const candidate of considered) {
    const words = byWords[candidates.indexOf(candidate)]!
    candidate.scores = parts.map((part, i) => {
      const base = vectors
        ? 0.45 *
            inContext(cosine(vectors.get(part)!, candidate.vector!), context === null ? null : cosine(vectors.get(asked[i]!)!, candidate.vector!)) +
          0.15 * cosine(vectors.get(asked[i]!)!, vectors.get(contextOf(candidate))!) +
          0.25 * words[i]! +
          0.15 * candidate.source.score
        : 0.8 * words[i]! + 0.2 * candidate.source.score
      return base + cueScore(part, candidate) + bonusOf(candidate)
    })
    candidate.score = Math.max(...candidate.scores)
  }
  return { ranked: considered.sort((a, b) => b.score - a.score), hasVectors: vectors !== null }
}

const contextOf = ({ source, heading }: Passage) => (heading === source.title ? heading : `${source.title}: ${heading}`)

/** A row says too little without the heading of its table. */
const embeddedText = ({ kind, heading, text }: Passage) => (kind === 'row' ? `${heading}: ${text}` : text)

async function embedAll(
  texts: string[],
  { embedder, signal }: { embedder: Embedder | null; signal: AbortSignal },
): Promise<Map<string, Float32Array> | null> {
  if (!embedder) return null
  try {
    const vectors = await embedder.embed(texts, { priority: 'query', signal })
    return new Map(texts.map((text, i) => [text, vectors[i]!]))
  } catch {
    // Words alone still make a reply, and the embedder's state is shown where its failure belongs.
    signal.throwIfAborted()
    return null
  }
}

function rarityOf(texts: Set<string>[]): (word: string) => number {
  const counts = new Map<string, number>()
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return (word) => Math.log(1 + texts.length / (1 + (counts.get(word) ?? 0)))
}

/** The share of the question's words that the passage has; those that only its heading or title has count half. */
function wordScore(question: Set<string>, { words, heading, source }: RankedPassage, rarity: (word: string) => number): number {
  const around = new Set(contentWords(`${heading} ${source.title}`))
  let found = 0
  let all = 0
  for (const word of question) {
    const weight = rarity(word)
    all += weight
    if (words.has(word)) found += weight
    else if (around.has(word)) found += weight / 2
  }
  // One word in common out of one says less than three out of three.
  return all === 0 ? 0 : (found / all) * Math.min(1, (1 + question.size) / 4)
}

const aboutThePage = /\b(this (page|guide|article|section)|see (also|below|above)|(read|see) (the|our) .*(article|guide|page)|(learn|read) more)\b/i
const justAnAddress = /^(\S+ ){0,4}\S*(@|https?:)\S*$/

/** A question for a time wants a time, one for a price a price, one about Express the line that starts with "Express:" or stands below that heading. */
function cueScore(question: string, passage: RankedPassage): number {
  const { text, kind, heading, source, block, position } = passage
  const answers = kind !== 'procedure' && answersCue(question, text)
  const isBelowHeading = heading !== source.title && contentWords(heading).length > 1 && hasAllWordsOf(question, heading)
  const isOpening = kind === 'sentence' && block.isOpening && position === 0
  const isEmpty = aboutThePage.test(text) || justAnAddress.test(text)
  const isSpecial = kind === 'sentence' && isAboutASpecialCase(question, text)
  // "Norway: no tax number" begins with what was asked about, and tells no price.
  const isLabelled = (answers || !asksForCue(question)) && isLabelledBy(question, text)
  const isForTheRest = answers && isRowForTheRest(question, passage)
  return (
    (answers ? 0.06 : 0) +
    (isLabelled ? 0.08 : 0) +
    (isForTheRest ? 0.12 : 0) +
    (isBelowHeading ? 0.1 : 0) +
    (isOpening ? 0.03 : 0) -
    (isEmpty ? 0.1 : 0) -
    (isSpecial ? 0.06 : 0)
  )
}

function isLabelledBy(question: string, text: string): boolean {
  const label = /^([^:.]{1,40}): /.exec(text)?.[1]
  return label !== undefined && hasAllWordsOf(question, label)
}

function hasAllWordsOf(question: string, text: string): boolean {
  const asked = new Set(contentWords(question))
  const words = contentWords(text)
  return words.length > 0 && words.every((word) => asked.has(word))
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
