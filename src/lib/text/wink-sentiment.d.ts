declare module 'wink-sentiment' {
  interface Token {
    value: string
    tag: string
    /** -5 to 5; only of what has a sentiment. Already turned round after a negation. */
    score?: number
    negation?: boolean
    /** How many words after it belong to it. */
    grouped?: number
  }
  export default function sentiment(phrase: string): { score: number; normalizedScore: number; tokenizedPhrase?: Token[] }
}
