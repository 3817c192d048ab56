import { ArticleFileError } from './article-file-error.ts'
import { checkFileText } from './check-file-text.ts'
import { isCsvRow, parseCsvRow } from './csv-rows.ts'
import { parseHtmlArticle } from './parse-html-article.ts'
import { parseMarkdownArticle } from './parse-markdown-article.ts'
import type { ParsedArticle } from './parsed-article.ts'

/** The article in a file, or in a row of a CSV file. Throws an ArticleFileError that says what is wrong and in which line. */
export function parseArticleFile({ path, content }: { path: string; content: string }): ParsedArticle {
  if (isCsvRow(path)) return parseCsvRow({ path, content })
  const text = checkFileText({ path, content })
  if (/\.(md|markdown)$/i.test(path)) return parseMarkdownArticle({ path, text })
  if (/\.x?html?$/i.test(path)) return parseHtmlArticle({ path, html: text })
  throw new ArticleFileError('only Markdown (.md), HTML (.html) and CSV (.csv) can be imported')
}
