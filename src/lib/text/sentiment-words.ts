import sentiment from 'wink-sentiment'

export interface SentimentWord {
  /** Lower case; an emoji or emoticon as it is. */
  word: string
  /** -5 to 5, turned round after a negation. */
  score: number
  isNegated: boolean
}

const longestText = 2_000
// The library's tokenizer takes time by the square of a run without spaces.
const longRuns = /\S{60,}/g

/** The words, emoji and emoticons with a feeling in them, by the AFINN lexicon. English; a longer text is read from its beginning. */
export function sentimentWords(text: string): SentimentWord[] {
  const readable = text.slice(0, longestText).replace(longRuns, ' ').replace(/[’‘`]/g, "'")
  const { tokenizedPhrase = [] } = sentiment(readable)
  return tokenizedPhrase.flatMap(({ value, score, negation = false }) => (score ? [{ word: value.toLowerCase(), score, isNegated: negation }] : []))
}
