import { stringify } from 'yaml'
import type { ArticleContent } from '../check-article.ts'

export interface ExportedArticle extends ArticleContent {
  slug: string
  phrasings: string[]
}

/** An article as a Markdown file that holds all of it: `parseArticleFile` reads back the same. */
export function renderArticleFile({ title, slug, category, tags, audience, locale, status, phrasings, body }: ExportedArticle): string {
  const matter = { title, slug, category, tags, audience: audience.toLowerCase(), locale, status: status.toLowerCase(), phrasings }
  return `---\n${stringify(matter, { lineWidth: 0 })}---\n\n${body}\n`
}
