export const pieceCharacters = 4_000
const headerCharacters = 400
// Short lines are the dearest: each may be a token, and for each token all rules look at the rest of the piece.
const lineWeight = 12

/** What goes on over blank lines, or cannot be read without its beginning: where it is cut, it is closed and opened again. */
interface Enclosure {
  opening: string
  closing: string
  isLast: (line: string) => boolean
  isBehind: (line: string) => boolean
}

const item = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
const tableRule = /^ {0,3}[|:-][|:\s-]*$/

/**
 * Cuts a Markdown text into pieces of about 4,000 characters: where a block begins behind a blank line, otherwise at a blank line, at an item, at
 * the end of a line. A longer line is a piece.
 */
export function markdownPieces(markdown: string): string[] {
  const pieces: string[] = []
  let lines: string[] = []
  let length = 0
  // The last place of each kind, the best kind first; 0 is none.
  let places = [0, 0, 0]
  let inside = null as Enclosure | null

  const cut = (at: number) => {
    pieces.push(lines.slice(0, at).join('\n'))
    lines = lines.slice(at)
    length = lengthOf(lines)
    places = places.map((place) => Math.max(0, place - at))
  }
  const cutHere = () => {
    if (inside) lines.push(inside.closing)
    cut(lines.length)
    if (inside) lines = inside.opening.split('\n')
    length = lengthOf(lines)
  }

  for (const line of markdown.split('\n')) {
    if (inside?.isBehind(line)) inside = null
    const opened = inside ? null : enclosureOf(line, lines.at(-1))
    if (!inside && lines.length > 0) {
      if (lines.at(-1)!.trim() === '') places[item.test(line) || /^\s/.test(line) ? 1 : 0] = lines.length
      else if (item.test(line) || opened?.closing) places[2] = lines.length
    }
    while (lines.length > 0 && length + line.length > pieceCharacters) {
      const at = places.find((place) => place > 0)
      if (at !== undefined) cut(at)
      else {
        cutHere()
        break
      }
    }
    lines.push(line)
    length += line.length + lineWeight
    if (!inside) inside = opened
    else if (inside.isLast(line)) inside = null
  }
  cut(lines.length)
  return pieces
}

const lengthOf = (lines: string[]) => lines.reduce((sum, line) => sum + line.length + lineWeight, 0)

function enclosureOf(line: string, previous: string | undefined): Enclosure | null {
  const fence = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
  if (fence) return { opening: fence, closing: fence, isLast: (text) => text.replace(/^[\s>]+/, '').trimEnd() === fence, isBehind: () => false }
  const html = /^ {0,3}<(!--|script|style|pre|textarea)(?=[\s>-]|$)/i.exec(line)?.[1]?.toLowerCase()
  if (html) {
    const closing = html === '!--' ? '-->' : `</${html}>`
    const isLast = (text: string) => text.toLowerCase().includes(closing)
    return isLast(line) ? null : { opening: `<${html}${html === '!--' ? '' : '>'}`, closing, isLast, isBehind: () => false }
  }
  if (previous?.includes('|') && tableRule.test(line) && previous.length + line.length < headerCharacters)
    return { opening: `${previous}\n${line}`, closing: '', isLast: () => false, isBehind: (text) => !text.includes('|') }
  return null
}
