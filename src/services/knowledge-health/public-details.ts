import type { Resources } from '../../resources.ts'

const details = /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\+?\(?\d[\d\s().-]{5,30}\d/g
const mostDetails = 50

/** Which addresses and numbers of a text stand in a public article, and so are the company's own. */
export async function publicDetails({ database }: Pick<Resources, 'database'>, text: string): Promise<(detail: string) => boolean> {
  const found = [...new Set([...text.matchAll(details)].map(({ 0: detail }) => detail.trim()))].slice(0, mostDetails)
  const known = new Set<string>()
  for (const detail of found) {
    const article = await database.article.findFirst({
      where: { status: 'PUBLISHED', audience: 'PUBLIC', body: { contains: detail.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } },
      select: { id: true },
    })
    if (article) known.add(detail.toLowerCase())
  }
  return (detail) => known.has(detail.trim().toLowerCase())
}
