import { parseHtml } from './parse-html.ts'

export interface HtmlOutline {
  title: string | null
  /** The first one. */
  heading: string | null
  language: string | null
  /** What its links are relative to, when the page says so itself. */
  base: string | null
  /** Lower-case names. */
  meta: Map<string, string>
  /** The element that holds the text, navigation and the like left aside. */
  root: 'main' | 'article' | 'body'
}

/** What a page says about itself. */
export function readHtmlOutline(html: string): HtmlOutline {
  const texts: Record<'title' | 'h1', string[]> = { title: [], h1: [] }
  const closed = new Set<string>()
  const meta = new Map<string, string>()
  const found = new Set<string>()
  let language: string | null = null
  let base: string | null = null
  let open: 'title' | 'h1' | null = null
  parseHtml(html, {
    open(name, attributes) {
      if ((name === 'title' || name === 'h1') && !closed.has(name) && open === null) open = name
      if (name === 'meta' && attributes.name && attributes.content !== undefined) meta.set(attributes.name.toLowerCase(), attributes.content)
      if (name === 'html') language ??= attributes.lang || null
      if (name === 'base') base ??= attributes.href || null
      if (name === 'main' || attributes.role === 'main') found.add('main')
      if (name === 'article') found.add('article')
    },
    close(name) {
      if (name !== open) return
      closed.add(name)
      open = null
    },
    text: (text) => open && texts[open].push(text),
  })
  const oneLine = (parts: string[]) => parts.join('').replace(/\s+/g, ' ').trim() || null
  const root = found.has('main') ? 'main' : found.has('article') ? 'article' : 'body'
  return { title: oneLine(texts.title), heading: oneLine(texts.h1), language, base, meta, root }
}
