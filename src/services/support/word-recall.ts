import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans, type TextSpan } from '../../lib/text/sentence-spans.ts'

export interface ReadSource {
  number: number
  sentences: TextSpan[]
  /** The same as a reply would say them, without Markdown. */
  plain: string[]
  /** The content words of each sentence. */
  words: Set<string>[]
  /** Of its title and headings: they belong to every sentence. */
  headingWords: Set<string>
}

const windowSentences = 3

export function readSource({ number, title, heading, text }: { number: number; title: string; heading: string; text: string }): ReadSource {
  const sentences = sentenceSpans(text)
  return {
    number,
    sentences,
    plain: sentences.map((sentence) => plainSentence(sentence.text)),
    words: sentences.map((sentence) => new Set(contentWords(sentence.text))),
    headingWords: new Set(contentWords(`${title} ${heading}`)),
  }
}

/** Without bold, links, code marks and the bars of a table. */
export function plainSentence(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, '$1 ($2)')
    .replace(/\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)/g, '')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The share of the sentence's content words that stand together in a few neighbouring sentences of the source: the best such place. */
export function wordRecall(sentenceWords: Set<string>, { words, headingWords }: ReadSource): number {
  if (sentenceWords.size === 0) return 0
  let best = 0
  for (let from = 0; from < words.length; from++) {
    const window = words.slice(from, from + windowSentences)
    let found = 0
    for (const word of sentenceWords) if (headingWords.has(word) || window.some((sentence) => sentence.has(word))) found += 1
    best = Math.max(best, found / sentenceWords.size)
  }
  return best
}
