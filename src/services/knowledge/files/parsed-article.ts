import type { ArticleContent } from '../check-article.ts'

/** What a file, a row or a page says about one article. */
export interface ParsedArticle {
  content: ArticleContent
  /** The slug that it asks for by itself, and in which line. */
  slug: { value: string; line: number | undefined } | null
  /** What the slug is made from when it asks for none. */
  name: string
  /** Null leaves those that the article has. */
  phrasings: string[] | null
}

export const defaultContent = { tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED' } satisfies Partial<ArticleContent>

export const defaultCategory = 'General'

/** The name of the file without its ending: its slug, and the words of its title when it has none. */
export function nameFromPath(path: string): string {
  const name = lastOf(path).replace(/\.[^.]+$/, '')
  return name.replace(/[-_]+/g, ' ').trim() || 'Untitled'
}

export const folderOf = (path: string) => path.split('/').at(-2)?.replace(/[-_]+/g, ' ').trim() || undefined

const lastOf = (path: string) => path.split('/').at(-1)!
