import { Lexer, type Token, type Tokens } from 'marked'

const deepestQuote = 6
const deepestIndent = 24

/**
 * The blocks of a Markdown text, without looking inside paragraphs. The lexer takes seconds, or the whole stack, for thousands of nested
 * quotes or hundreds of nested lists, which no article has: they are flattened first.
 */
export function readBlocks(markdown: string): Token[] {
  const tame = markdown
    .replace(/\r\n?/g, '\n')
    .replace(new RegExp(`^(?:[ \\t]{0,3}>){${deepestQuote},}`, 'gm'), '>'.repeat(deepestQuote))
    .replace(new RegExp(`^[ \\t]{${deepestIndent},}`, 'gm'), ' '.repeat(deepestIndent))
  try {
    return new Lexer().blockTokens(tame)
  } catch (error) {
    // Only what nests without end in some other way comes here: its words are still worth finding.
    if (!(error instanceof RangeError)) throw error
    return tame.split(/\n{2,}/).map((raw): Tokens.Paragraph => ({ type: 'paragraph', raw, text: raw, tokens: [] }))
  }
}
