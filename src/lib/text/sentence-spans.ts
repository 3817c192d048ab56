export interface TextSpan {
  /** UTF-16 offsets: text.slice(start, end) is `text`, without white space around it. */
  start: number
  end: number
  text: string
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
const endsInAbbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|approx|incl|excl|min|max|no|nos|vs|mr|mrs|ms|dr|prof|st|inc|ltd|co|dept|est|fig|ext|tel|p\.o|a\.m|p\.m|u\.s|u\.k|e\.u|[a-z])\.$/i
const isNumbering = /^(?:\d{1,3}|[a-z])[.)]$/i
/** "on 4. May": a day, and no end. */
const endsInDay = /(?:^|\s)\d{1,2}\.$/
const startsWithMonth = /^\s*(?:Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[\p{L}]{0,7}(?![\p{L}])/u
const lineMarker = /^\s*(?:#{1,6}\s+|>\s+|[-*•]\s+|\d{1,3}[.)]\s+)?/

/** The sentences of a text with where they stand. A line break ends a sentence; list marks and heading marks are left outside. */
export function sentenceSpans(text: string): TextSpan[] {
  const spans: TextSpan[] = []
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const from = lineMarker.exec(line)![0].length
    let start = 0
    let open = ''
    const close = () => {
      const trimmed = open.trim()
      if (trimmed === '') return
      const at = index + from + start + open.indexOf(trimmed)
      spans.push({ start: at, end: at + trimmed.length, text: trimmed })
    }
    for (const { segment, index: at } of segmenter.segment(line.slice(from))) {
      if (open !== '' && belongsTogether(open.trimEnd(), segment)) open += segment
      else {
        close()
        start = at
        open = segment
      }
    }
    close()
  }
  return spans
}

function belongsTogether(open: string, next: string): boolean {
  const end = open.slice(-16)
  if (endsInDay.test(end) && startsWithMonth.test(next)) return true
  return endsInAbbreviation.test(end) || isNumbering.test(open) || /^[\s]*[\p{Ll},;:)]/u.test(next) || !/[\p{L}\p{N}]/u.test(next)
}
