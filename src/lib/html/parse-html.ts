import { Parser } from 'htmlparser2'

/** The parser looks through its whole stack for each end tag, so that thousands of levels take seconds; no page has a hundred. */
const deepest = 200

export class TooDeepHtmlError extends Error {
  readonly line: number
  constructor(line: number) {
    super(`Elements are nested more than ${deepest} levels deep.`)
    this.name = 'TooDeepHtmlError'
    this.line = line
  }
}

export type Attributes = Record<string, string>

export interface HtmlEvents {
  open(name: string, attributes: Attributes): void
  /** Of the element that was opened last: unclosed and wrongly nested ones are put right. */
  close(name: string): void
  text(text: string): void
}

/** Tells what is in a page, in its order, without making a tree of it. Throws a TooDeepHtmlError rather than taking seconds. */
export function parseHtml(html: string, events: HtmlEvents): void {
  let depth = 0
  // The parser hands out a text in pieces, one an entity.
  let texts: string[] = []
  const flush = () => {
    if (texts.length === 0) return
    events.text(texts.join(''))
    texts = []
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      if (depth > deepest) throw new TooDeepHtmlError(html.slice(0, parser.startIndex).split('\n').length)
      flush()
      events.open(name, attributes)
    },
    onclosetag(name) {
      depth -= 1
      flush()
      events.close(name)
    },
    ontext: (text) => void texts.push(text),
  })
  parser.end(html)
  flush()
}
