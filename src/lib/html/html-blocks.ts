import { codeBlock, codeSpan } from './inline-markdown.ts'
import type { Handler } from './markdown-from-html.ts'
import type { MarkdownWriter } from './markdown-writer.ts'
import type { Attributes } from './parse-html.ts'
import { handleTables } from './table-markdown.ts'

/** Deeper ones are read as if they were not nested: each level is one more copy of what it holds. */
const deepestList = 8
const deepestQuote = 4

const plainBlocks =
  `address article body caption center dd details div dl fieldset figcaption figure hgroup hr html legend main optgroup option p section
  search`.split(/\s+/)

/** Elements that start a block of their own. */
export function handleBlocks(writer: MarkdownWriter): Record<string, Handler> {
  const lists: { nextNumber: number | null; items: string[] }[] = []
  let quotes = 0

  const block: Handler = () => {
    writer.endParagraph()
    return () => writer.endParagraph()
  }
  const list =
    (isOrdered: boolean): Handler =>
    ({ start }) => {
      writer.endParagraph()
      if (lists.length >= deepestList) return () => writer.endParagraph()
      lists.push({ nextNumber: isOrdered ? firstNumber(start) : null, items: [] })
      return () => {
        writer.endParagraph()
        const { items } = lists.pop()!
        if (items.length > 0) writer.block(items.join('\n'))
      }
    }
  const item: Handler = () => {
    const within = lists.at(-1)
    writer.endParagraph()
    if (!within) return () => writer.endParagraph()
    const end = writer.container()
    return () => {
      writer.endParagraph()
      const blocks = end()
      if (blocks.length === 0) return
      const marker = within.nextNumber === null ? '- ' : `${within.nextNumber++}. `
      within.items.push(marker + indent(joinItem(blocks), ' '.repeat(marker.length)))
    }
  }
  const quote: Handler = () => {
    writer.endParagraph()
    if (quotes >= deepestQuote) return () => writer.endParagraph()
    quotes += 1
    const end = writer.container()
    return () => {
      writer.endParagraph()
      quotes -= 1
      const text = end().join('\n\n')
      if (text !== '') writer.block(text.replace(/^/gm, '> ').replace(/^> $/gm, '>'))
    }
  }
  const heading =
    (level: number): Handler =>
    () => {
      writer.endParagraph()
      return () => writer.endLine(`${'#'.repeat(level)} `)
    }
  // A question in a list of terms, or one that opens its answer.
  const term: Handler = () => {
    writer.endParagraph()
    const end = writer.mark('strong', (text) => `**${text}**`)
    return () => {
      end?.()
      writer.endParagraph()
    }
  }
  // The language is a class of the block, or of the only element in it.
  let language: string | null = null
  const preformatted: Handler = (attributes) => {
    writer.endParagraph()
    if (language !== null) return () => writer.endParagraph()
    language = languageOf(attributes)
    const end = writer.rawContainer()
    return () => {
      const code = end()
        .replace(/^\r?\n/, '')
        .trimEnd()
      if (code !== '') writer.block(codeBlock(code, language ?? ''))
      language = null
    }
  }
  const code: Handler = (attributes) => {
    if (language === null) return writer.mark('code', codeSpan, { raw: true })
    language ||= languageOf(attributes)
    return undefined
  }
  return {
    ...Object.fromEntries(plainBlocks.map((name) => [name, block])),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)])),
    ...handleTables(writer),
    ul: list(false),
    menu: list(false),
    ol: list(true),
    li: item,
    blockquote: quote,
    dt: term,
    summary: term,
    pre: preformatted,
    code,
    kbd: code,
    samp: code,
  }
}

const languageOf = ({ class: classes = '' }: Attributes) => /\blang(?:uage)?-([\w+#-]{1,20})/.exec(classes)?.[1] ?? ''

function firstNumber(start: string | undefined): number {
  const number = Number.parseInt(start ?? '1', 10)
  return number >= 0 && number < 1_000_000 ? number : 1
}

// A list right below the words that introduce it.
const joinItem = (blocks: string[]) => blocks.reduce((text, next) => text + (/^(- |\d+\. )/.test(next) ? '\n' : '\n\n') + next)

const indent = (text: string, by: string) => text.replace(/\n(?=[^\n])/g, `\n${by}`)
