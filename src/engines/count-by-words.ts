import { LRUCache } from 'lru-cache'

/** What is read here of a tokenizer.json. */
export interface TokenizerDescription {
  normalizer?: { type?: string; lowercase?: boolean; handle_chinese_chars?: boolean } | null
  pre_tokenizer?: { type?: string } | null
  model?: { type?: string; vocab?: Record<string, number>; continuing_subword_prefix?: string; max_input_chars_per_word?: number } | null
  added_tokens?: { content: string }[]
}

/** As BERT does: its words end at white space and at punctuation, and no word depends on the one before it. */
export function readsWordByWord({ normalizer, pre_tokenizer, model }: TokenizerDescription): boolean {
  return normalizer?.type === 'BertNormalizer' && pre_tokenizer?.type === 'BertPreTokenizer' && model?.type === 'WordPiece'
}

// White space that every normaliser keeps as such; of punctuation, the ASCII part: each is a word of its own, as Chinese characters are.
const words = /[!-/:-@[-`{-~\u3400-\u4dbf\u4e00-\u9fff]|[^ \t\n\r!-/:-@[-`{-~\u3400-\u4dbf\u4e00-\u9fff]+/g
const wordsOfNoChinese = /[!-/:-@[-`{-~]|[^ \t\n\r!-/:-@[-`{-~]+/g
const spaced = /[^ \t\n\r]+/g
const plainWord = /^[A-Za-z0-9]+$/
/** Lower-cased by what stands around it, beyond punctuation: a word with it is counted whole. */
const sigma = 'Σ'
const longestRemembered = 64

/** The same number as `encode` gives, many times as fast: plain words are cut here, and others remembered, since most come again. */
export function countByWords(
  description: TokenizerDescription,
  { encode, around }: { encode: (text: string) => number; around: number },
): (text: string) => number {
  const wordsIn = description.normalizer?.handle_chinese_chars ? words : wordsOfNoChinese
  const wholeOnly = [sigma, ...(description.added_tokens ?? []).map(({ content }) => content)]
  const cut = createWordCutter(description)
  const remembered = new LRUCache<string, number>({ max: 20_000 })

  const countWord = (word: string): number => {
    if (plainWord.test(word)) return cut(word)
    const known = remembered.get(word)
    if (known !== undefined) return known
    const pieces = encode(word) - around
    if (word.length <= longestRemembered) remembered.set(word, pieces)
    return pieces
  }
  const countWords = (text: string) => {
    let pieces = 0
    for (const word of text.match(wordsIn) ?? []) pieces += countWord(word)
    return pieces
  }

  return (text) => {
    if (!wholeOnly.some((part) => text.includes(part))) return around + countWords(text)
    let pieces = around
    for (const run of text.match(spaced) ?? []) pieces += wholeOnly.some((part) => run.includes(part)) ? encode(run) - around : countWords(run)
    return pieces
  }
}

/** WordPiece of a word of ASCII letters and digits: the longest known beginning, then of the rest the same; an unknown word is one piece. */
function createWordCutter({ normalizer, model }: TokenizerDescription): (word: string) => number {
  const { vocab = {}, continuing_subword_prefix: prefix = '##', max_input_chars_per_word: longestWord = 100 } = model ?? {}
  const beginnings = new Set<string>()
  const continuations = new Set<string>()
  let longest = 0
  for (const entry of Object.keys(vocab)) {
    if (entry.startsWith(prefix)) continuations.add(entry.slice(prefix.length))
    // A text may contain the prefix itself, but no plain word does.
    else beginnings.add(entry)
    longest = Math.max(longest, entry.length)
  }
  return (original) => {
    if (original.length > longestWord) return 1
    const word = normalizer?.lowercase ? original.toLowerCase() : original
    let pieces = 0
    for (let start = 0; start < word.length; pieces++) {
      const known = start === 0 ? beginnings : continuations
      let end = Math.min(word.length, start + longest)
      while (end > start && !known.has(word.slice(start, end))) end--
      if (end === start) return 1
      start = end
    }
    return pieces
  }
}
