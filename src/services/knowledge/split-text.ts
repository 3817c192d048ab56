const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Sentences, each trimmed; a line break ends one too, as in lists and addresses. */
export function splitSentences(text: string): string[] {
  return text.split('\n').flatMap((line) => Array.from(segmenter.segment(line), ({ segment }) => segment.trim()).filter(Boolean))
}
