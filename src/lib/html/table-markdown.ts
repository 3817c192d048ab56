import type { Handler } from './markdown-from-html.ts'
import type { MarkdownWriter } from './markdown-writer.ts'

const mostSpanned = 20

/** Tables with more than one column; one of a single column is layout, and a table within a table is read as text. */
export function handleTables(writer: MarkdownWriter): Record<string, Handler> {
  let rows: string[][] | null = null
  let row: string[] | null = null
  let inner = 0
  let isInCell = false

  const endParagraph = () => writer.endParagraph()

  const table: Handler = () => {
    writer.endParagraph()
    if (rows !== null) {
      inner += 1
      return () => {
        writer.endParagraph()
        inner -= 1
      }
    }
    rows = []
    return () => {
      writer.endParagraph()
      const read = rows!
      rows = null
      row = null
      if (read.every((cells) => cells.length < 2)) for (const cell of read.flat()) writer.block(cell)
      else writer.block(renderTable(read))
    }
  }
  const tableRow: Handler = () => {
    if (rows === null || inner > 0) return undefined
    row = []
    return () => {
      if (row?.some((cell) => cell !== '')) rows?.push(row)
      row = null
    }
  }
  const cell: Handler = ({ colspan }) => {
    writer.endParagraph()
    if (row === null || inner > 0 || isInCell) return endParagraph
    const cells = row
    isInCell = true
    const end = writer.container()
    return () => {
      writer.endParagraph()
      isInCell = false
      cells.push(end().join(' ').replace(/\s+/g, ' ').trim())
      const span = Math.min(Number.parseInt(colspan ?? '1', 10) || 1, mostSpanned)
      for (let column = 1; column < span; column++) cells.push('')
    }
  }
  return { table, tr: tableRow, td: cell, th: cell }
}

function renderTable(rows: string[][]): string {
  const columns = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const [head, ...rest] = rows as [string[], ...string[][]]
  // Only the head has to be as wide as the widest row.
  const lines = [[...head, ...Array<string>(columns - head.length).fill('')], Array<string>(columns).fill('---'), ...rest]
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')
}
