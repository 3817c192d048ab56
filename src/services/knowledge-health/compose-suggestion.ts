import type { Embedder } from '../../engines/embedder.ts'
import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { needsSupport, withoutGreetingAndSignature } from '../support/needs-support.ts'
import { cosine, sentenceVectors } from '../support/sentence-vectors.ts'
import { type KnownCustomer, withoutPrivateDetails } from './private-details.ts'
import { sharedWords } from './question-likeness.ts'

export interface Answer {
  questionId: string
  text: string
  customer: KnownCustomer
}

export interface Suggestion {
  /** Markdown. */
  body: string
  /** Its sentences, and the questions whose answers said them. */
  attributions: { text: string; questionIds: string[] }[]
}

const sameWords = 0.7
const sameMeaning = 0.9
const mostSentences = 40

/**
 * An article of what agents answered, sentence by sentence in their words: nothing is made up, and nothing of a customer is in it. The fullest
 * answer gives the order; of the others comes what it does not say. Null when nobody has answered.
 */
export async function composeSuggestion(
  embedder: Embedder | null,
  { answers, isPublic, signal }: { answers: Answer[]; isPublic: (text: string) => boolean; signal?: AbortSignal },
): Promise<Suggestion | null> {
  const read = answers
    .map((answer) => ({ answer, sentences: generalSentences(answer, isPublic) }))
    .sort((a, b) => b.sentences.length - a.sentences.length)
  const all = read.flatMap(({ sentences }) => sentences.map(({ text }) => text))
  const vectors = await sentenceVectors(embedder, all.slice(0, 4 * mostSentences), signal)
  const kept: { text: string; words: Set<string>; startsParagraph: boolean; isListed: boolean; questionIds: Set<string> }[] = []
  for (const { answer, sentences } of read) {
    for (const sentence of sentences) {
      const words = new Set(contentWords(sentence.text))
      const same = kept.find((other) => sharedWords(words, other.words) >= sameWords || cosine(vectors, other.text, sentence.text) >= sameMeaning)
      if (same && sameNumbers(same.text, sentence.text)) same.questionIds.add(answer.questionId)
      else if (kept.length < mostSentences) kept.push({ ...sentence, words, questionIds: new Set([answer.questionId]) })
    }
  }
  if (kept.length === 0) return null
  const body = kept.reduce((text, { text: sentence, isListed, startsParagraph }, index) => {
    const listed = isListed ? `- ${sentence}` : sentence
    if (index === 0) return listed
    return `${text}${isListed ? (kept[index - 1]!.isListed ? '\n' : '\n\n') : startsParagraph || kept[index - 1]!.isListed ? '\n\n' : ' '}${listed}`
  }, '')
  return { body, attributions: kept.map(({ text, questionIds }) => ({ text, questionIds: [...questionIds] })) }
}

function generalSentences({ text, customer: known }: Answer, isPublic: (text: string) => boolean) {
  // "Hi Ann," names the customer, whatever the record of them says.
  const greeted = /^\s*(?:hi|hello|hey|dear)\s+(\p{Lu}[\p{L}'’-]{1,40})\b/iu.exec(text)?.[1]
  const customer = { ...known, name: [known.name, greeted].filter(Boolean).join(' ') || null }
  const body = withoutGreetingAndSignature(text)
  let end = 0
  return sentenceSpans(body).flatMap((span) => {
    const gap = body.slice(end, span.start)
    end = span.end
    if (!needsSupport(span.text)) return []
    const general = withoutPrivateDetails(span.text, customer, isPublic)
    if (general === null || contentWords(general).length === 0) return []
    return [{ text: general, startsParagraph: /\n\s*\n/.test(gap), isListed: /\n?\s*(?:[-*•]|\d{1,3}[.)])\s+$/.test(gap) }]
  })
}

// "Within 5 days" and "within 7 days" are nearly the same words, and an author has to see both.
function sameNumbers(a: string, b: string): boolean {
  const numbers = (text: string) => (text.match(/\d+(?:[.,]\d+)*/g) ?? []).sort().join(' ')
  return numbers(a) === numbers(b)
}
