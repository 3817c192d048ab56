import { limits } from '../../checked-input.ts'
import { ArticleFileError } from './article-file-error.ts'

const longestOf = (path: string) => (isCsv(path) ? limits.csvFile : limits.articleFile)

export const isCsv = (path: string) => /\.csv$/i.test(path)

/** The text of a file, without byte order mark and with line feeds. Throws an ArticleFileError for what is no text, with its line. */
export function checkFileText({ path, content, maximum = longestOf(path) }: { path: string; content: string; maximum?: number }): string {
  if (content.length > maximum) throw new ArticleFileError(`it has ${content.length} characters, and at most ${maximum} are allowed. Split it.`)
  const text = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  if (text.trim() === '') throw new ArticleFileError('it is empty')
  const strange = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u.exec(text)
  if (strange)
    throw new ArticleFileError('it is no text: it contains control characters. Save it as UTF-8.', text.slice(0, strange.index).split('\n').length)
  return text
}
