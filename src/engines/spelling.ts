import { stemmer } from 'stemmer'
import { editsBetween } from '../lib/text/edits-between.ts'

/** Knows the words of the articles, and writes a customer's typing errors as they would. */
export interface Spelling {
  /** `isPublic`: of an article that anybody may read. */
  learn(text: string, options: { isPublic: boolean }): void
  /**
   * The text with its misspelt words replaced; the same text when there are none. `publicOnly`: by the words of public articles alone, for whoever
   * may read no others. Else a made-up word would be answered with one of theirs.
   */
  correct(text: string, options?: { publicOnly?: boolean }): string
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
  const all = createLexicon()
  const open = createLexicon()

  const isBase = ({ counts }: Lexicon, word: string) => counts.has(word) || common().words.has(word)
  const isKnown = (lexicon: Lexicon, word: string) => {
    const stem = stemmer(word)
    return isBase(lexicon, word) || contractions.has(word) || lexicon.stems.has(stem) || common().stems.has(stem)
  }
  const isCompound = (lexicon: Lexicon, word: string) => {
    for (let cut = 3; cut <= word.length - 3; cut++) if (isBase(lexicon, word.slice(0, cut)) && isBase(lexicon, word.slice(cut))) return true
    return prefixes.test(word) && isBase(lexicon, word.replace(prefixes, ''))
  }

  const nearest = (lexicon: Lexicon, word: string): string | null => {
    const { byLength, counts } = lexicon
    const isPerhapsRight = isCompound(lexicon, word)
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
      return all.counts.size
    },
    learn(text, { isPublic }) {
      for (const [word] of text.toLowerCase().matchAll(/(?<![a-z])[a-z]{3,24}(?![a-z])/g)) {
        all.add(word)
        if (isPublic) open.add(word)
      }
    },
    correct(text, { publicOnly = false } = {}) {
      const lexicon = publicOnly ? open : all
      if (lexicon.counts.size === 0 || text.length > longestText) return text
      let corrections = 0
      // Whole words of Latin letters; parts of addresses, codes and other scripts are left alone.
      return text.replace(/(?<![\p{L}\p{N}@./_'’-])[A-Za-z]{4,24}(?![\p{L}\p{N}@/_'’-]|\.\p{L})/gu, (word) => {
        const lower = word.toLowerCase()
        if (lower.length < shortest || corrections >= mostCorrections || isKnown(lexicon, lower)) return word
        corrections += 1
        return nearest(lexicon, lower) ?? word
      })
    },
  }
}

interface Lexicon {
  counts: Map<string, number>
  stems: Set<string>
  byLength: Map<number, Set<string>>
  add(word: string): void
}

function createLexicon(): Lexicon {
  const counts = new Map<string, number>()
  const stems = new Set<string>()
  const byLength = new Map<number, Set<string>>()
  return {
    counts,
    stems,
    byLength,
    add(word) {
      const count = counts.get(word)
      if (count === undefined) {
        if (counts.size >= mostWords) return
        stems.add(stemmer(word))
        const same = byLength.get(word.length)
        if (same) same.add(word)
        else byLength.set(word.length, new Set([word]))
      }
      counts.set(word, (count ?? 0) + 1)
    },
  }
}
