import { handleBlocks } from './html-blocks.ts'
import { escapeMarkdown, linkTarget } from './inline-markdown.ts'
import { createMarkdownWriter } from './markdown-writer.ts'
import { type Attributes, parseHtml } from './parse-html.ts'

/** What an element does when it opens; the returned function is called when it closes. */
export type Handler = (attributes: Attributes) => (() => void) | undefined

const dropped = new Set(
  `head title script style noscript template nav header footer aside svg iframe object embed applet canvas audio video map button select textarea input
  datalist dialog`.split(/\s+/),
)
const droppedRoles = new Set(['navigation', 'banner', 'contentinfo', 'search', 'complementary'])

export interface MarkdownOptions {
  /** Only what is inside this element. */
  root: 'main' | 'article' | 'body'
  /** What relative links are relative to; null leaves them as they are. */
  base: string | null
  /** Some pages are one form from top to bottom. */
  keepForms?: boolean
}

/** The text of a page: headings, lists, tables, links and code; without scripts, navigation, forms, and what a reader does not see. */
export function markdownFromHtml(html: string, { root, base, keepForms = false }: MarkdownOptions): string {
  const writer = createMarkdownWriter()
  const handlers: Record<string, Handler> = { ...handleBlocks(writer), ...inlineHandlers() }
  const closers: ((() => void) | undefined)[] = []
  let skipped = 0
  let inRoot = root === 'body' ? 1 : 0

  parseHtml(html, {
    open(name, attributes) {
      if (skipped > 0 || isDropped(name, attributes)) {
        skipped += 1
        closers.push(() => void (skipped -= 1))
      } else if (isRoot(name, attributes)) {
        inRoot += 1
        closers.push(() => {
          writer.endParagraph()
          inRoot -= 1
        })
      } else closers.push(inRoot > 0 && Object.hasOwn(handlers, name) ? handlers[name]!(attributes) : undefined)
    },
    close: () => closers.pop()?.(),
    text: (text) => void (skipped === 0 && inRoot > 0 && writer.text(text)),
  })
  return writer.end()

  function isDropped(name: string, { role = '', hidden, style = '', ...attributes }: Attributes): boolean {
    if (dropped.has(name) || (name === 'form' && !keepForms) || droppedRoles.has(role)) return true
    return hidden !== undefined || attributes['aria-hidden'] === 'true' || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
  }

  function isRoot(name: string, { role }: Attributes): boolean {
    return root !== 'body' && (name === root || (root === 'main' && role === 'main'))
  }

  function inlineHandlers(): Record<string, Handler> {
    const strong: Handler = () => writer.mark('strong', (text) => `**${text}**`)
    const emphasis: Handler = () => writer.mark('emphasis', (text) => `*${text}*`)
    return {
      b: strong,
      strong,
      i: emphasis,
      em: emphasis,
      a({ href }) {
        const target = linkTarget(href, base)
        if (target === null) return undefined
        return writer.mark('link', (text) => `[${text.includes('![') ? text : text.replace(/[[\]]/g, '\\$&')}](${target})`)
      },
      img({ alt, src }) {
        const target = linkTarget(src, base)
        const words = alt?.replace(/\s+/g, ' ').trim()
        if (words && target !== null) writer.inline(`![${escapeMarkdown(words).replace(/[[\]]/g, '\\$&')}](${target})`)
        return undefined
      },
      br() {
        writer.lineBreak()
        return undefined
      },
    }
  }
}
