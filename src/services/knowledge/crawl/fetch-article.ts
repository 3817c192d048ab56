import { GetError } from '../../../lib/http/guarded-get.ts'
import type { Resources } from '../../../resources.ts'
import { ArticleFileError } from '../files/article-file-error.ts'
import { checkFileText } from '../files/check-file-text.ts'
import { parseHtmlArticle } from '../files/parse-html-article.ts'
import { parseMarkdownArticle } from '../files/parse-markdown-article.ts'
import type { ParsedArticle } from '../files/parsed-article.ts'
import { fetchPage } from './fetch-page.ts'

const types = ['text/html', 'text/markdown', 'text/plain']

const pageCharacters = 1_000_000

export const isUrl = (path: string) => /^https?:\/\//.test(path)

/** The article on a page. Throws an ArticleFileError that says why there is none. */
export async function fetchArticle(
  resources: Pick<Resources, 'config'>,
  address: string,
  { signal }: { signal: AbortSignal },
): Promise<ParsedArticle> {
  try {
    const { url, type, text: content } = await fetchPage(resources, address, { types, signal })
    const text = checkFileText({ path: address, content, maximum: pageCharacters })
    const path = pathOf(new URL(address))
    return type === 'text/html' ? parseHtmlArticle({ path, html: text, base: url.href }) : parseMarkdownArticle({ path, text })
  } catch (error) {
    if (error instanceof GetError) throw new ArticleFileError(error.message)
    throw error
  }
}

// What stands in for the folder and the name of a file.
function pathOf({ pathname, hostname }: URL): string {
  const path = pathname.replace(/\/+$/, '')
  try {
    return decodeURIComponent(path) || hostname
  } catch {
    return path
  }
}
