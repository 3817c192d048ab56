import type { Article, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { isStaff, type Viewer } from './viewer.ts'

const publicOnes = { audience: 'PUBLIC', status: 'PUBLISHED' } as const

/** What is told outside the team. */
export function isPublic({ audience, status }: Pick<Article, 'audience' | 'status'>): boolean {
  return audience === publicOnes.audience && status === publicOnes.status
}

export function articlesFor(viewer: Viewer): Prisma.ArticleWhereInput {
  return isStaff(viewer) ? {} : publicOnes
}

/** The sources of a draft that a viewer may know of: a draft also lists staff articles, for the agent. */
export function citedFor(viewer: Viewer): Prisma.CitationWhereInput {
  return isStaff(viewer) ? {} : { article: publicOnes }
}

/** The same of what was found before the draft has citations. */
export async function sourcesFor<Source extends { articleId: string }>(
  { database }: Pick<Resources, 'database'>,
  { sources, viewer }: { sources: Source[]; viewer: Viewer },
): Promise<Source[]> {
  if (isStaff(viewer)) return sources
  const ids = sources.map(({ articleId }) => articleId)
  const rows = await database.article.findMany({ where: { id: { in: ids }, ...publicOnes }, select: { id: true } })
  const shown = new Set(rows.map(({ id }) => id))
  return sources.filter(({ articleId }) => shown.has(articleId))
}
