import { Lexer, type Token, type Tokens } from 'marked'
import { markdownPieces, pieceCharacters } from './markdown-pieces.ts'

const deepestNesting = 6
const deepestIndent = 24

const marker = '(?:>|(?:[-*+]|\\d{1,9}[.)])(?=[ \\t]|$))'
const nested = new RegExp(`^((?:[ \\t]*${marker}){${deepestNesting}})(?:[ \\t]*${marker})+`, 'gm')
const indented = new RegExp(`^[ \\t]{${deepestIndent},}`, 'gm')

/**
 * The blocks of a Markdown text, without looking inside paragraphs. For each block the lexer looks at all that follows, and it takes the whole
 * stack for what nests without end: it gets pieces, with what nests deeper than in any article flattened.
 */
export function readBlocks(markdown: string): Token[] {
  const tame = markdown.replace(/\r\n?/g, '\n').replace(nested, '$1').replace(indented, ' '.repeat(deepestIndent))
  return markdownPieces(tame).flatMap(readPiece)
}

function readPiece(piece: string): Token[] {
  // One line without end: it says nothing that its beginning does not tell.
  if (piece.length > 2 * pieceCharacters) return [/^ {0,3}</.test(piece) ? html(piece) : paragraph(piece)]
  try {
    return new Lexer().blockTokens(piece)
  } catch (error) {
    // Only what nests without end in some other way comes here: its words are still worth finding.
    if (!(error instanceof RangeError)) throw error
    return piece.split(/\n{2,}/).map(paragraph)
  }
}

const paragraph = (raw: string): Tokens.Paragraph => ({ type: 'paragraph', raw, text: raw, tokens: [] })
const html = (raw: string): Tokens.HTML => ({ type: 'html', raw, text: raw, pre: false, block: true })
