import { ArticleStatus, Audience } from '../../../generated/prisma/enums.ts'
import { type ArticleContent, checkArticle } from '../check-article.ts'
import { checkPhrasings } from '../phrasings.ts'
import { checkSlug } from '../slug.ts'
import { asFileError } from './article-file-error.ts'
import { readFrontMatter } from './front-matter.ts'
import { defaultCategory, defaultContent, folderOf, nameFromPath, type ParsedArticle } from './parsed-article.ts'

/** Markdown with YAML front matter. A title that is not given is the first heading or the file's name, a category the folder's. */
export function parseMarkdownArticle({ path, text }: { path: string; text: string }): ParsedArticle {
  const matter = readFrontMatter(text)
  const { lineOf } = matter
  const given = {
    title: matter.text('title') ?? firstHeading(matter.body) ?? nameFromPath(path),
    category: matter.text('category') ?? folderOf(path) ?? defaultCategory,
    tags: matter.list('tags'),
    locale: matter.text('locale'),
    audience: matter.choice('audience', Audience),
    status: matter.choice('status', ArticleStatus),
  }
  const checked = asFileError(() => checkArticle({ ...given, body: matter.body }), lineOf)
  const slug = matter.text('slug')
  const phrasings = matter.list('phrasings')
  return {
    content: { ...defaultContent, ...(checked as Pick<ArticleContent, 'title' | 'body' | 'category'>) },
    slug: slug === undefined ? null : { value: asFileError(() => checkSlug(slug), lineOf), line: lineOf('slug') },
    name: nameFromPath(path),
    phrasings: phrasings ? asFileError(() => checkPhrasings(phrasings), lineOf) : null,
  }
}

function firstHeading(body: string): string | undefined {
  const line = /^#[ \t](.*)$/m.exec(body)?.[1]?.trim()
  if (!line) return undefined
  // Not by a pattern: one that looks for marks behind spaces takes minutes for a line of spaces.
  let end = line.length
  while (end > 0 && line[end - 1] === '#') end -= 1
  return (end === 0 || end === line.length || /\s/.test(line[end - 1]!) ? line.slice(0, end) : line).trim() || undefined
}
