import { contentWords } from '../lib/text/content-words.ts'
import type { Passage } from './read-passages.ts'

const rest =
  /^(all |any |every )?(the )?(other|others|remaining)\b|^(the )?rest\b|^(everywhere|everything|anywhere|anything|everyone|anyone) else\b|^elsewhere\b/i

/**
 * Of a table "Canada …, All other countries …" the last row, to a question about Norway: no row has its name, and the article names it elsewhere.
 * A name that the article does not know may be one of a row's under another word, as Germany is of the European Union.
 */
export function isRowForTheRest(question: string, { kind, text, block, source }: Pick<Passage, 'kind' | 'text' | 'block' | 'source'>): boolean {
  if (kind !== 'row' || !rest.test(text)) return false
  const asked = new Set(contentWords(question))
  const hasItsOwnRow = block.passages.some((row) => !rest.test(row.text) && contentWords(labelOf(row.text)).some((word) => asked.has(word)))
  return !hasItsOwnRow && namesIn(source.text).some((name) => asked.has(name))
}

const labelOf = (row: string) => row.split(/[:(]/)[0]!

/** Stems of the words with a capital letter that do not begin a sentence, a cell or an item. */
const namesIn = (text: string) => contentWords((text.match(/(?<=[\p{Ll}\d,;(] )\p{Lu}\p{Ll}+/gu) ?? []).join(' '))
