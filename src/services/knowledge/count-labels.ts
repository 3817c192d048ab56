import type { ArticleStatus } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

export interface LabelCount {
  name: string
  count: number
}

const atMost = 500

type Asked = { status?: ArticleStatus[] | null }
type Needed = Pick<Resources, 'database'>

/** The categories of the articles, the fullest first. */
export function countCategories({ database }: Needed, { status }: Asked): Promise<LabelCount[]> {
  return database.$queryRaw<LabelCount[]>`
    SELECT "category" AS name, count(*)::int AS count FROM "Article" WHERE ${status ?? null}::text[] IS NULL OR "status"::text = ANY(${status ?? null}::text[])
    GROUP BY 1 ORDER BY count DESC, name LIMIT ${atMost}`
}

/** The tags of the articles, the most used first. */
export function countTags({ database }: Needed, { status }: Asked): Promise<LabelCount[]> {
  return database.$queryRaw<LabelCount[]>`
    SELECT tag AS name, count(*)::int AS count FROM "Article", unnest("tags") AS tag
    WHERE ${status ?? null}::text[] IS NULL OR "status"::text = ANY(${status ?? null}::text[])
    GROUP BY 1 ORDER BY count DESC, name LIMIT ${atMost}`
}
