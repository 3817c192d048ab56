import type { Source } from '../../engines/generator.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import type { Resources } from '../../resources.ts'
import type { Fact } from './fact.ts'
import { KnownFacts, locateFacts } from './find-facts.ts'
import { introducesList, needsSupport } from './needs-support.ts'
import { cosine, sentenceVectors } from './sentence-vectors.ts'
import { readSource, wordRecall } from './word-recall.ts'

export interface SupportCheck {
  /** 0 to 1, the mean over the sentences that claim something, of which a supported one counts 1: it is 1 exactly when nothing is unsupported. */
  score: number
  /** One entry a sentence, cut to 500 characters, with all that is wrong with it in plain English. */
  unsupported: { text: string; reason: string }[]
}

export type SupportSource = Pick<Source, 'number' | 'title' | 'heading' | 'text'>

/** Below both, a sentence counts as unsupported. Learned by eval/support.ts. */
export const supportThresholds = { recall: 0.55, cosine: 0.6 }

const longestQuote = 500
const mostNamedFacts = 10

/** Of a longer text the first so many sentences are compared by meaning, the rest by words: it is checked while somebody types. */
const mostByMeaning = 200

/**
 * How far the sources bear out each sentence of a text: by words that stand together in a source, or by meaning. Exact things (numbers, dates,
 * amounts, addresses) must stand in a source, whatever the rest of the sentence is like, courtesies and questions too. What the customer wrote
 * counts for them, except for links and e-mail addresses: those must not get into a reply by being asked for. What we replied before is `trusted`.
 */
export async function checkSupport(
  { embedder }: Pick<Resources, 'embedder'>,
  {
    text,
    sources,
    question = '',
    trusted = [],
    signal,
  }: {
    text: string
    sources: SupportSource[]
    question?: string /** More texts that may have the exact things. */
    trusted?: string[]
    signal?: AbortSignal
  },
): Promise<SupportCheck> {
  const known = new KnownFacts([...sources.map(({ title, heading, text: body }) => `${title}\n${heading}\n${body}`), ...trusted], [question])
  const located = locateFacts(text)
  let next = 0
  const sentences = sentenceSpans(text).flatMap((span) => {
    const facts: Fact[] = []
    for (; next < located.length && located[next]!.start < span.end; next++) facts.push(located[next]!)
    const missing = new Map(facts.filter((fact) => !known.has(fact)).map((fact) => [fact.keys.join(), fact]))
    const isClaim = needsSupport(span.text) && !introducesList(span.text, text.slice(span.end, span.end + 40))
    return isClaim || missing.size > 0 ? [{ text: span.text, isClaim, facts: facts.length, missing: [...missing.values()] }] : []
  })
  if (sentences.length === 0) return { score: 1, unsupported: [] }
  const read = sources.map(readSource)
  const recalls = sentences.map((sentence) => {
    if (!sentence.isClaim) return 1
    const words = new Set(contentWords(sentence.text))
    // A sentence of stop words alone, such as "You can do that", claims nothing by itself.
    return words.size === 0 ? 1 : Math.max(0, ...read.map((source) => wordRecall(words, source)))
  })

  // Only sentences that words do not settle are worth the embedder's time.
  const open = sentences.filter((_, index) => recalls[index]! < 1).slice(0, mostByMeaning)
  const sourceSentences = read.flatMap((source) => source.sentences.map((span) => span.text))
  const vectors =
    open.length > 0 && sourceSentences.length > 0
      ? await sentenceVectors(embedder, [...open.map((sentence) => sentence.text), ...sourceSentences], signal)
      : null

  const checked = sentences.map((sentence, index) => {
    const recall = recalls[index]!
    const meaning = vectors?.has(sentence.text) ? Math.max(0, ...sourceSentences.map((other) => cosine(vectors, sentence.text, other))) : 0
    const isSupported = recall >= supportThresholds.recall || meaning >= supportThresholds.cosine
    const isBorneOut = isSupported && sentence.missing.length === 0
    const factShare = sentence.missing.length === 0 ? 1 : Math.max(0, 1 - sentence.missing.length / sentence.facts)
    return { ...sentence, isSupported, support: isBorneOut ? 1 : Math.min(1, Math.max(recall, meaning)) * factShare }
  })
  return {
    score: checked.reduce((sum, { support }) => sum + support, 0) / checked.length,
    unsupported: checked
      .filter(({ isSupported, missing }) => !isSupported || missing.length > 0)
      .map(({ text: sentence, isSupported, missing }) => ({ text: shorten(sentence), reason: whatIsWrong(isSupported, missing) })),
  }
}

function whatIsWrong(isSupported: boolean, missing: Fact[]): string {
  const facts = missing.slice(0, mostNamedFacts).map(({ text }) => `"${shorten(withoutFullStop(text))}"`)
  const more = missing.length > facts.length ? ` and ${missing.length - facts.length} more` : ''
  return [...(isSupported ? [] : ['No source says this.']), ...(facts.length > 0 ? [`No source has ${facts.join(', ')}${more}.`] : [])].join(' ')
}

/** A month is read with the stop of "Sept.", which is mostly that of the sentence; "p.m." keeps its own. */
const withoutFullStop = (text: string) => text.replace(/(?<=\p{L}{3})\.$/u, '')

const shorten = (text: string) => (text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1).toWellFormed()}…`)
