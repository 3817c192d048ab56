import { type HtmlOutline, readHtmlOutline } from '../../../lib/html/html-outline.ts'
import { markdownFromHtml } from '../../../lib/html/markdown-from-html.ts'
import { TooDeepHtmlError } from '../../../lib/html/parse-html.ts'
import { type ArticleContent, checkArticle } from '../check-article.ts'
import { ArticleFileError, asFileError } from './article-file-error.ts'
import { defaultCategory, defaultContent, folderOf, nameFromPath, type ParsedArticle } from './parsed-article.ts'

/** The text of a page as Markdown. The title is the page's, without the name of its site; the category its meta tag's or its folder's. */
export function parseHtmlArticle({ path, html, base = null }: { path: string; html: string; base?: string | null }): ParsedArticle {
  try {
    const outline = readHtmlOutline(html)
    const title = titleOf(outline) ?? nameFromPath(path)
    const body = withoutTitle(bodyOf(html, outline, base), title)
    if (body === '') throw new ArticleFileError('there is no text in it besides navigation, scripts and forms')
    const category = outline.meta.get('category')?.trim() || folderOf(path) || defaultCategory
    const checked = asFileError(() => checkArticle({ title, body, category, locale: localeOf(outline) }))
    return {
      content: { ...defaultContent, ...(checked as Pick<ArticleContent, 'title' | 'body' | 'category'>) },
      slug: null,
      name: nameFromPath(path),
      phrasings: null,
    }
  } catch (error) {
    if (error instanceof TooDeepHtmlError) throw new ArticleFileError(error.message, error.line)
    throw error
  }
}

function bodyOf(html: string, outline: HtmlOutline, pageUrl: string | null): string {
  const base = pageUrl && outline.base && URL.canParse(outline.base, pageUrl) ? new URL(outline.base, pageUrl).href : pageUrl
  const hasForm = /<form/i.test(html)
  return (
    markdownFromHtml(html, { root: outline.root, base }) ||
    (outline.root !== 'body' ? markdownFromHtml(html, { root: 'body', base }) : '') ||
    (hasForm ? markdownFromHtml(html, { root: 'body', base, keepForms: true }) : '')
  )
}

// "Returns – Help – Acme" with the heading "Returns" is called "Returns".
function titleOf({ title, heading }: HtmlOutline): string | null {
  if (title === null || heading === null) return title ?? heading
  const isPartOfIt = title.split(/\s+[|–—·»:-]+\s+|\s*\|\s*/).includes(heading)
  return isPartOfIt ? heading : title
}

function withoutTitle(body: string, title: string): string {
  const [first, ...rest] = body.split('\n\n')
  return first === `# ${title}` && rest.length > 0 ? rest.join('\n\n') : body
}

function localeOf({ language }: HtmlOutline): string | undefined {
  try {
    return checkArticle({ locale: language }).locale
  } catch {
    // Pages say many things there; what is no language says nothing.
    return undefined
  }
}
