import { contentWords } from '../../lib/text/content-words.ts'
import { sentenceSpans } from '../../lib/text/sentence-spans.ts'
import { plainSentence } from '../support/word-recall.ts'
import type { AlikeSections } from './alike-sections.ts'
import { sharedWords } from './question-likeness.ts'
import type { Section } from './sections.ts'

export interface Duplicate {
  articleIds: [string, string]
  /** The share of one article's text that has a near twin in the other; the larger of the two. */
  score: number
  twins: { first: string; second: string }[]
}

// By eval/contradictions.ts: copies of the sample's articles, cut and reworded, are above, no two of its own articles are near.
const mostOfIt = 0.7
const twinWords = 0.75
const sameSection = 0.93
/** Articles without any two passages so alike are not compared sentence by sentence. */
const worthReading = 0.7
const mostSentences = 300
const fewestWords = 8

interface ReadArticle {
  sentences: { text: string; words: Set<string>; weight: number; sectionId: string }[]
  weight: number
}

/** Pairs of articles of which one says most of what the other says. `sectionsOf` gives all passages of an article. */
export function findDuplicates(pairs: AlikeSections[], sectionsOf: (articleId: string) => Section[]): Duplicate[] {
  const likely = new Map<string, { articleIds: [string, string]; same: Map<string, string> }>()
  for (const { a, b, cosine } of pairs) {
    if (cosine < worthReading) continue
    const articleIds: [string, string] = a.articleId < b.articleId ? [a.articleId, b.articleId] : [b.articleId, a.articleId]
    const pair = likely.get(articleIds.join()) ?? { articleIds, same: new Map() }
    likely.set(articleIds.join(), pair)
    if (cosine >= sameSection) pair.same.set(a.id, b.text).set(b.id, a.text)
  }
  const read = new Map<string, ReadArticle>()
  const readOnce = (articleId: string) => {
    const article = read.get(articleId) ?? readArticle(sectionsOf(articleId))
    read.set(articleId, article)
    return article
  }
  return [...likely.values()].flatMap(({ articleIds, same }): Duplicate[] => {
    const [first, second] = articleIds.map(readOnce) as [ReadArticle, ReadArticle]
    const forward = twinsOf(first, second, same)
    const backward = twinsOf(second, first, same)
    const score = Math.max(forward.share, backward.share)
    if (score < mostOfIt) return []
    const twins = forward.share >= backward.share ? forward.twins : backward.twins.map(({ own, other }) => ({ own: other, other: own }))
    return [{ articleIds, score, twins: twins.map(({ own, other }) => ({ first: own, second: other })) }]
  })
}

function twinsOf(article: ReadArticle, other: ReadArticle, same: Map<string, string>) {
  let covered = 0
  const twins: { own: string; other: string }[] = []
  for (const { text, words, weight, sectionId } of article.sentences) {
    let best = { text: '', likeness: 0 }
    for (const candidate of other.sentences) {
      const likeness = sharedWords(words, candidate.words)
      if (likeness > best.likeness) best = { text: candidate.text, likeness }
    }
    const isTwin = best.likeness >= twinWords
    if (!isTwin && !same.has(sectionId)) continue
    covered += weight
    if (isTwin) twins.push({ own: text, other: best.text })
  }
  return { share: article.weight < fewestWords ? 0 : covered / article.weight, twins }
}

function readArticle(sections: Section[]): ReadArticle {
  const sentences = sections
    .flatMap(({ id, text }) => sentenceSpans(text).map((span) => ({ text: plainSentence(span.text), sectionId: id })))
    .slice(0, mostSentences)
    .map((sentence) => ({ ...sentence, words: new Set(contentWords(sentence.text)) }))
    .filter(({ words }) => words.size > 0)
    .map((sentence) => ({ ...sentence, weight: sentence.words.size }))
  return { sentences, weight: sentences.reduce((sum, { weight }) => sum + weight, 0) }
}
