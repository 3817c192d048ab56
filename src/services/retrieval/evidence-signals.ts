import { contentWords } from '../../lib/text/content-words.ts'

/** What the judgement is made from: a few numbers, each from 0 to 1, that mean the same in any help centre. */
export interface EvidenceSignals {
  /** Cosine of the best chunk; 0 when nothing was found by vector. */
  similarity: number
  /** Of the best sentence, and of the best article as a whole. */
  sentence: number
  article: number
  /** By how much the best article is ahead of the second. */
  margin: number
  /** How far it stands out from the other candidates. */
  lead: number
  /** Share of the question's content words that the best chunk has, rare words counting more. */
  coverage: number
  /** The same for the best chunk's title and headings alone. */
  headingCoverage: number
}

export interface FoundText {
  heading: string
  text: string
  similarity: number | null
  sentenceSimilarity: number | null
  articleSimilarity: number | null
  /** Of the whole search. */
  score: number
}

/**
 * `found` is best first, one entry an article. How rare a word is, is read off what was found: a word that every candidate has says nothing
 * about which of them answers, a word that none has is the strongest sign that none does.
 */
export function evidenceSignals(queries: string[], found: FoundText[], backgroundSimilarity: number | null): EvidenceSignals {
  const best = found[0]
  if (!best) return { similarity: 0, sentence: 0, article: 0, margin: 0, lead: 0, coverage: 0, headingCoverage: 0 }
  const texts = found.map(({ heading, text }) => new Set(contentWords(`${heading}\n${text}`)))
  const headings = new Set(contentWords(best.heading))
  const rarity = (word: string) => Math.log(1 + (texts.length + 1) / (texts.filter((words) => words.has(word)).length + 0.5))
  const covered = (query: string, has: (word: string) => boolean) => {
    const words = contentWords(query)
    const total = words.reduce((sum, word) => sum + rarity(word), 0)
    return total === 0 ? 0 : words.filter(has).reduce((sum, word) => sum + rarity(word), 0) / total
  }
  const highest = (has: (word: string) => boolean) => Math.max(0, ...queries.map((query) => covered(query, has)))
  const closest = (name: 'similarity' | 'sentenceSimilarity' | 'articleSimilarity') => Math.max(0, ...found.map((text) => text[name] ?? 0))
  const similarity = closest('similarity')
  return {
    similarity,
    sentence: closest('sentenceSimilarity'),
    article: closest('articleSimilarity'),
    margin: Math.max(0, best.score - (found[1]?.score ?? 0)),
    lead: backgroundSimilarity === null ? 0 : Math.max(0, similarity - backgroundSimilarity),
    coverage: highest((word) => texts[0]!.has(word)),
    headingCoverage: highest((word) => headings.has(word)),
  }
}
