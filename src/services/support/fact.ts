/** Something exact that a source either has or has not. */
export interface Fact {
  /** As it stands in the text. */
  text: string
  /** The same however it is written: "1,000 USD" and "$1000". Where it can be read in two ways, both, with a bar between them. */
  keys: string[]
}

export interface FoundFact extends Fact {
  start: number
  end: number
}

/** Finds one kind of fact. What it takes, the next reader does not see. */
export type ReadFacts = (text: string) => FoundFact[]

/** A fact for each match; null for what only looked like one. */
export function factsOf(text: string, pattern: RegExp, keysOf: (match: RegExpExecArray) => string[] | null): FoundFact[] {
  const facts: FoundFact[] = []
  for (const match of text.matchAll(pattern)) {
    const keys = keysOf(match)
    if (keys) facts.push({ text: match[0].trim(), keys, start: match.index, end: match.index + match[0].length })
  }
  return facts
}

/** Of scripts that put spaces between words: behind one of another, as in 返金は30日, a number or an address can begin. */
export const spacedLetters = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{M}`
