import { stemmer } from 'stemmer'
import { editsBetween } from '../lib/text/edits-between.ts'

/** Knows the words of the articles, and writes a customer's typing errors as they would. */
export interface Spelling {
  learn(text: string): void
  /** The text with its misspelt words replaced; the same text when there are none. */
  correct(text: string): string
  readonly words: number
}

const shortest = 4
const mostWords = 60_000
const mostCorrections = 12
const longestText = 2_000
const contractions = new Set(
  'arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt ive shouldnt thats theres theyre theyve wasnt werent whats wheres whos wont wouldnt youre youve'.split(
    ' ',
  ),
)
const prefixes = /^(?:anti|co|dis|down|in|inter|mid|mis|multi|non|off|out|over|pre|re|sub|un|under|up)/

/**
 * A word is an error when neither the articles nor the embedder's vocabulary know it, nor its stem; it is corrected only to a word of the
 * articles that is one edit away, or two from seven letters on. One that may be made of two words has to be nearer: "homepage" is, "pasword" is
 * not. So a word that is merely rare stays: a wrong correction costs more than a missed one. `vocabulary`: the embedder's word pieces, whose
 * whole words are common English.
 */
export function createSpelling(readVocabulary: () => Iterable<string>): Spelling {
  let known: { words: Set<string>; stems: Set<string> } | null = null
  // Stemming twenty thousand words takes a while: it waits for the first word that no article has.
  const common = () => {
    if (!known) {
      const words = new Set([...readVocabulary()].filter((word) => /^[a-z]{2,}$/.test(word)))
      known = { words, stems: new Set([...words].map((word) => stemmer(word))) }
    }
    return known
  }
  const counts = new Map<string, number>()
  const stems = new Set<string>()
  const byLength = new Map<number, Set<string>>()

  const isBase = (word: string) => counts.has(word) || common().words.has(word)
  const isKnown = (word: string) => {
    const stem = stemmer(word)
    return isBase(word) || contractions.has(word) || stems.has(stem) || common().stems.has(stem)
  }
  const isCompound = (word: string) => {
    for (let cut = 3; cut <= word.length - 3; cut++) if (isBase(word.slice(0, cut)) && isBase(word.slice(cut))) return true
    return prefixes.test(word) && isBase(word.replace(prefixes, ''))
  }

  const nearest = (word: string): string | null => {
    const isPerhapsRight = isCompound(word)
    const mostEdits = word.length >= 7 && !isPerhapsRight ? 2 : 1
    let best: string | null = null
    let bestScore = Number.POSITIVE_INFINITY
    for (let length = word.length - 2; length <= word.length + 2; length++) {
      for (const known of byLength.get(length) ?? []) {
        const edits = editsBetween(word, known)
        if (edits > mostEdits || (isPerhapsRight && known[0] !== word[0])) continue
        // People nearly always get the first letter right; of equally near words the more frequent one was meant.
        const score = edits + (known[0] === word[0] ? 0 : 0.3) - Math.log(1 + counts.get(known)!) / 20
        if (score < bestScore) [best, bestScore] = [known, score]
      }
    }
    return best
  }

  return {
    get words() {
      return counts.size
    },
    learn(text) {
      for (const [word] of text.toLowerCase().matchAll(/(?<![a-z])[a-z]{3,24}(?![a-z])/g)) {
        const count = counts.get(word)
        if (count === undefined) {
          if (counts.size >= mostWords) continue
          stems.add(stemmer(word))
          const same = byLength.get(word.length)
          if (same) same.add(word)
          else byLength.set(word.length, new Set([word]))
        }
        counts.set(word, (count ?? 0) + 1)
      }
    },
    correct(text) {
      if (counts.size === 0 || text.length > longestText) return text
      let corrections = 0
      // Whole words of Latin letters; parts of addresses, codes and other scripts are left alone.
      return text.replace(/(?<![\p{L}\p{N}@./_'’-])[A-Za-z]{4,24}(?![\p{L}\p{N}@/_'’-]|\.\p{L})/gu, (word) => {
        const lower = word.toLowerCase()
        if (lower.length < shortest || corrections >= mostCorrections || isKnown(lower)) return word
        corrections += 1
        return nearest(lower) ?? word
      })
    },
  }
}
