import { escapeLineStarts, escapeMarkdown } from './inline-markdown.ts'

interface Container {
  blocks: string[]
  /** The paragraph that is being written. */
  pieces: string[]
  /** How many paragraphs ended here: a mark that was opened in an earlier one cannot be closed any more. */
  breaks: number
}

const newContainer = (): Container => ({ blocks: [], pieces: [], breaks: 0 })

/** Collects blocks of Markdown; containers, such as a list item, collect their own. Pieces are joined once, so that no text is copied again and again. */
export function createMarkdownWriter() {
  const outer: Container[] = []
  const openMarks = new Set<string>()
  let current = newContainer()
  let isRaw = false

  function takeParagraph(): string {
    const text = current.pieces
      .join('')
      .replace(/ ?\n ?/g, '\n')
      .trim()
    current.pieces = []
    current.breaks += 1
    return text
  }

  return {
    /** White space as HTML shows it; raw text, such as code, as it stands. */
    text(text: string): void {
      if (isRaw) return void current.pieces.push(text)
      const collapsed = text.replace(/[ \t\n\r\f\u00a0]+/g, ' ')
      const isAfterSpace = /^$|[ \n]$/.test(current.pieces.at(-1) ?? '')
      const piece = isAfterSpace ? collapsed.replace(/^ /, '') : collapsed
      if (piece !== '') current.pieces.push(escapeMarkdown(piece))
    },
    lineBreak: () => void current.pieces.push('\n'),
    /** Markdown that stands within a line. */
    inline: (markdown: string) => void current.pieces.push(markdown),
    /** Ends the paragraph; within code, the line. */
    endParagraph(): void {
      if (isRaw) {
        if (!/^$|\n$/.test(current.pieces.at(-1) ?? '')) current.pieces.push('\n')
        return
      }
      const text = takeParagraph()
      if (text !== '') current.blocks.push(escapeLineStarts(text))
    },
    /** Ends the paragraph, as a block that starts with this. */
    endLine(prefix: string): void {
      const text = takeParagraph().replaceAll('\n', ' ')
      if (text !== '') current.blocks.push(prefix + text)
    },
    /** The whole text. */
    end(): string {
      this.endParagraph()
      return current.blocks.join('\n\n')
    },
    block: (markdown: string) => void current.blocks.push(markdown),
    /** What is written from now on is wrapped when the returned function is called, unless its paragraph has ended. A mark within itself is none. */
    mark(kind: string, wrap: (text: string) => string, { raw = false } = {}): (() => void) | undefined {
      if (openMarks.has(kind) || isRaw) return undefined
      openMarks.add(kind)
      const { pieces, breaks } = current
      const container = current
      const start = pieces.length
      isRaw = raw
      return () => {
        openMarks.delete(kind)
        if (raw) isRaw = false
        if (current !== container || container.breaks !== breaks) return
        const inner = pieces.splice(start).join('')
        const text = raw ? inner.replace(/\s+/g, ' ').trim() : inner.trim()
        if (text === '') return
        pieces.push(`${/^\s/.test(inner) ? ' ' : ''}${wrap(text)}${/\s$/.test(inner) ? ' ' : ''}`)
      }
    },
    /** What is written from now on is collected apart, until the returned function is called and answers with its blocks. Code has no blocks. */
    container(): () => string[] {
      if (isRaw) return () => []
      outer.push(current)
      current = newContainer()
      return () => {
        const { blocks } = current
        current = outer.pop()!
        return blocks
      }
    },
    /** As `container`, for text whose white space counts. */
    rawContainer(): () => string {
      const wasRaw = isRaw
      outer.push(current)
      current = newContainer()
      isRaw = true
      return () => {
        const { blocks, pieces } = current
        current = outer.pop()!
        isRaw = wasRaw
        return [...blocks, pieces.join('')].join('\n')
      }
    },
  }
}

export type MarkdownWriter = ReturnType<typeof createMarkdownWriter>
