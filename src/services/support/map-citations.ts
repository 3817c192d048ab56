import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans, type TextSpan } from '../../lib/text/sentence-spans.ts'
import type { Resources } from '../../resources.ts'
import { type SupportSource, supportThresholds } from './check-support.ts'
import { missingFacts } from './find-facts.ts'
import { needsSupport } from './needs-support.ts'
import { cosine, sentenceVectors } from './sentence-vectors.ts'
import { plainSentence, type ReadSource, readSource, wordRecall } from './word-recall.ts'

export interface MappedCitation {
  number: number
  used: boolean
  /** Passages of the text that it supports, in UTF-16 code units, in order. */
  spans: { start: number; end: number }[]
  /** The sentence of the source that supports them best, word for word. */
  quote: string
}

type Vectors = Awaited<ReturnType<typeof sentenceVectors>>

/**
 * Which passages each source supports: the sentences that the model put its mark behind, and those right before them that the source supports,
 * too, for many mark a paragraph once. When it made no mark that fits a source, each
 * sentence goes to the source that supports it best, if one does.
 */
export async function mapCitations(
  { embedder }: Pick<Resources, 'embedder'>,
  { text, marks, sources, signal }: { text: string; marks: { number: number; at: number }[]; sources: SupportSource[]; signal?: AbortSignal },
): Promise<MappedCitation[]> {
  const read = sources.map(readSource)
  const sentences = sentenceSpans(text)
  const vectors = await sentenceVectors(
    embedder,
    sources.length === 0 ? [] : [...sentences.map((span) => span.text), ...read.flatMap((source) => source.plain)],
    signal,
  )
  const known = marks.filter(({ number }) => sources.some((source) => source.number === number))
  const cited =
    known.length > 0
      ? extendBack(citedSentences(known, sentences), { text, sentences, sources, read, vectors })
      : bestSources(sentences, read, vectors)
  return sources.map(({ number, text: body }, index) => {
    const spans = sentences.filter((sentence) => cited.get(sentence)?.has(number))
    // The quote is for the first passage that claims something.
    const claims = (spans.length > 0 ? spans : sentences).filter((sentence) => needsSupport(sentence.text))
    const quoteFor = spans.length > 0 ? [claims[0] ?? spans[0]!] : claims
    return {
      number,
      used: spans.length > 0,
      spans: spans.map(({ start, end }) => ({ start, end })),
      quote: bestQuote(quoteFor, read[index]!, vectors) ?? body.trim().slice(0, 300),
    }
  })
}

/** The sentence that each mark stands in or right behind. */
function citedSentences(marks: { number: number; at: number }[], sentences: TextSpan[]): Map<TextSpan, Set<number>> {
  const cited = new Map<TextSpan, Set<number>>()
  for (const { number, at } of marks) {
    const sentence = sentences.findLast(({ start }) => start < at) ?? sentences[0]
    if (sentence) cited.set(sentence, (cited.get(sentence) ?? new Set()).add(number))
  }
  return cited
}

/** Gives an unmarked sentence the marks of the next one in its paragraph, as far as their sources say it. */
function extendBack(
  cited: Map<TextSpan, Set<number>>,
  {
    text,
    sentences,
    sources,
    read,
    vectors,
  }: { text: string; sentences: TextSpan[]; sources: SupportSource[]; read: ReadSource[]; vectors: Vectors },
): Map<TextSpan, Set<number>> {
  const extended = new Map(cited)
  for (const [marked, numbers] of cited) {
    for (const number of numbers) {
      const index = sources.findIndex((source) => source.number === number)
      const { title, heading, text: body } = sources[index]!
      for (let at = sentences.indexOf(marked) - 1; at >= 0; at--) {
        const sentence = sentences[at]!
        if (cited.has(sentence) || /\n\s*\n/.test(text.slice(sentence.end, sentences[at + 1]!.start))) break
        // A question or a courtesy belongs to nobody, and does not end what the source says.
        if (!needsSupport(sentence.text)) continue
        const { recall, meaning } = supportOf(sentence, read[index]!, vectors)
        const isSupported = recall >= supportThresholds.recall || meaning >= supportThresholds.cosine
        if (!isSupported || missingFacts(sentence.text, [`${title}\n${heading}\n${body}`]).length > 0) break
        extended.set(sentence, (extended.get(sentence) ?? new Set()).add(number))
      }
    }
  }
  return extended
}

function supportOf({ text }: TextSpan, source: ReadSource, vectors: Vectors): { recall: number; meaning: number } {
  return {
    recall: wordRecall(new Set(contentWords(text)), source),
    meaning: Math.max(0, ...source.plain.map((other) => cosine(vectors, text, other))),
  }
}

function bestSources(sentences: TextSpan[], sources: ReadSource[], vectors: Vectors): Map<TextSpan, Set<number>> {
  const cited = new Map<TextSpan, Set<number>>()
  for (const sentence of sentences.filter(({ text }) => needsSupport(text))) {
    const ranked = sources
      .map((source) => ({ number: source.number, ...supportOf(sentence, source, vectors) }))
      .filter(({ recall, meaning }) => recall >= supportThresholds.recall || meaning >= supportThresholds.cosine)
      .sort((a, b) => b.recall + b.meaning - a.recall - a.meaning)
    if (ranked[0]) cited.set(sentence, new Set([ranked[0].number]))
  }
  return cited
}

function bestQuote(spans: TextSpan[], source: ReadSource, vectors: Vectors): string | null {
  const claims = spans.map(({ text }) => ({ text, words: new Set(contentWords(plainSentence(text))) }))
  let best: { text: string; score: number } | null = null
  source.sentences.forEach(({ text }, index) => {
    const plain = source.plain[index]!
    if (!/[\p{L}\p{N}]/u.test(plain)) return
    const words = new Set(contentWords(plain))
    const score = Math.max(0, ...claims.map((claim) => overlap(claim.words, words) + cosine(vectors, claim.text, plain)))
    if (!best || score > best.score) best = { text, score }
  })
  return (best as { text: string } | null)?.text ?? null
}

/** Of the words of both, the share that they have in common (Dice): a long sentence does not win by its length. */
function overlap(a: Set<string>, b: Set<string>): number {
  return a.size + b.size === 0 ? 0 : (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size)
}
