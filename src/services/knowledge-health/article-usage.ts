import type { Resources } from '../../resources.ts'

export interface ArticleUsage {
  /** Drafts whose text rested on it. */
  cited: number
  /** Of these, sent with a passage that it supports. */
  kept: number
  /** Of these, sent without any. */
  editedAway: number
}

const none: ArticleUsage = { cited: 0, kept: 0, editedAway: 0 }

/** Counts in the database: a popular article has many thousands of citations. */
export async function articleUsage({ database }: Pick<Resources, 'database'>, articleIds: string[]): Promise<Map<string, ArticleUsage>> {
  const rows = await database.$queryRaw<({ articleId: string } & ArticleUsage)[]>`
    SELECT "articleId", count(DISTINCT "draftId")::int AS cited,
      count(DISTINCT "draftId") FILTER (WHERE "kept")::int AS kept,
      (count(DISTINCT "draftId") FILTER (WHERE "kept" IS NOT NULL) - count(DISTINCT "draftId") FILTER (WHERE "kept"))::int AS "editedAway"
    FROM "Citation" WHERE "used" AND "articleId" = ANY(${articleIds}) GROUP BY "articleId"`
  const usage = new Map(rows.map(({ articleId, ...counts }) => [articleId, counts]))
  return new Map(articleIds.map((id) => [id, usage.get(id) ?? none]))
}
