import type { Resources } from '../../resources.ts'

const details = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}|\+?\(?\d[\d\s().-]{5,30}\d/gu
const pageSize = 200

/** E-mail addresses and numbers that stand in a public article: they are the company's own, and no redaction takes them out. */
export async function publicAddresses({ database }: Pick<Resources, 'database'>): Promise<(detail: string) => boolean> {
  const known = new Set<string>()
  for (let after = ''; ; ) {
    const articles = await database.article.findMany({
      where: { id: { gt: after }, status: 'PUBLISHED', audience: 'PUBLIC' },
      orderBy: { id: 'asc' },
      take: pageSize,
      select: { id: true, body: true },
    })
    for (const { body } of articles) for (const [detail] of body.matchAll(details)) known.add(plain(detail))
    if (articles.length < pageSize) break
    after = articles.at(-1)!.id
  }
  return (detail) => known.has(plain(detail))
}

const plain = (detail: string) => detail.trim().toLowerCase()
