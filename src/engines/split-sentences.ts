const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
const endsInAbbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|approx|incl|excl|min|max|no|nos|vs|mr|mrs|ms|dr|st|inc|ltd|co|dept|est|fig|ext|tel|p\.o|a\.m|p\.m|u\.s|u\.k|e\.u|[a-z])\.\s*$/i
const continues = /^[\s]*[\p{Ll},;:)–—-]/u

/** Sentences of one paragraph of plain text. A question that the writer asks only to answer it stays with its answer. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenter.segment(text.replace(/\s+/g, ' '))) {
    if (open !== '' && (endsInAbbreviation.test(open) || continues.test(segment) || open.trimEnd().endsWith('?'))) open += segment
    else {
      if (open.trim() !== '') sentences.push(open.trim())
      open = segment
    }
  }
  if (open.trim() !== '') sentences.push(open.trim())
  return sentences
}

const opensWithReference =
  /^(it|its|it's|they|they're|their|them|this|that|these|those|but|however|otherwise|then|also|instead|afterwards|after that|either|if (so|not)|both|neither|and|or|so|the same|such|most of (them|these)|one of (them|these)|some of (them|these))\b/i
const soonRefers = /^(\S+ ){1,3}(it|them)\b|^(you|we|for|in|of|with|to|on|from|please|if) (\S+ ){0,3}(those|these)\b/i

/** "Gift cards earn no points. Orders do." */
const endsInReference = /\b(do|does|did|is|are|was|were|can|may|will|should)(n't| not)?( too| so)?[.!]$/i

/** Says "it", "those" or "otherwise" of something that stands before it, so it cannot be quoted alone. */
export function leansOnPredecessor(sentence: string): boolean {
  return opensWithReference.test(sentence) || soonRefers.test(sentence) || endsInReference.test(sentence)
}
