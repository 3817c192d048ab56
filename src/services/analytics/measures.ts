import { Prisma } from '../../generated/prisma/client.ts'

/** What is counted and summed: the columns of AnalyticsRollup. A mean is a sum by its count. */
export const measures = [
  'conversations',
  'resolved',
  'escalated',
  'drafts',
  'supportSum',
  'supportCount',
  'sent',
  'sentUnchanged',
  'rejected',
  'editSum',
  'editCount',
  'bleuSum',
  'bleuCount',
  'similaritySum',
  'similarityCount',
  'satisfied',
  'ratings',
  'surveys',
  'helpful',
  'notHelpful',
  'needsImprovement',
] as const
export type Measure = (typeof measures)[number]
export type Sums = Record<Measure, number>

/** By what the sums are told apart, besides time. */
export const dimensions = ['ALL', 'INTENT', 'MODEL_VERSION', 'AGENT', 'REASON'] as const
export type Dimension = (typeof dimensions)[number]

type Part = Partial<Record<Measure, string>>

/** One row a happening between the two times, from the table that knows it: when, of what intent, model version, agent and reason, and what counts. */
export function happenings(from: Date, to: Date): Prisma.Sql {
  const [start, end] = [from.toISOString(), to.toISOString()]
  const within = (column: string) => Prisma.sql`${Prisma.raw(column)} >= ${start}::timestamptz AND ${Prisma.raw(column)} < ${end}::timestamptz`
  const select = (at: string, keys: { intent?: string; version?: string; agent?: string; reason?: string }, part: Part) =>
    Prisma.raw(
      `SELECT ${at} AS at, ${keys.intent ?? 'NULL'}::text AS intent, ${keys.version ?? 'NULL'}::text AS version, ${keys.agent ?? 'NULL'}::text AS agent, ${keys.reason ?? 'NULL'}::text AS reason, ${measures.map((name) => `${part[name] ?? '0'}::float8`).join(', ')}`,
    )
  const present = (column: string) => `(${column} IS NOT NULL)::int`
  const draft = { intent: 'd."intent"', version: 'd."modelVersionId"' }
  return Prisma.join(
    [
      Prisma.sql`${select('c."createdAt"', { intent: 'c."intent"' }, { conversations: '1' })} FROM "Conversation" c WHERE ${within('c."createdAt"')}`,
      Prisma.sql`${select('c."resolvedAt"', {}, { resolved: '1' })} FROM "Conversation" c WHERE ${within('c."resolvedAt"')}`,
      Prisma.sql`${select('c."escalatedAt"', { intent: 'c."intent"' }, { escalated: '1' })} FROM "Conversation" c WHERE ${within('c."escalatedAt"')}`,
      Prisma.sql`${select('c."escalatedAt"', { reason: 'r.reason' }, { escalated: '1' })} FROM "Conversation" c, unnest(c."escalationReasons") AS r(reason) WHERE ${within('c."escalatedAt"')}`,
      Prisma.sql`${select('d."createdAt"', draft, { drafts: '1', supportSum: 'coalesce(d."supportScore", 0)', supportCount: present('d."supportScore"') })} FROM "Draft" d WHERE ${within('d."createdAt"')}`,
      Prisma.sql`${select('d."rejectedAt"', { ...draft, agent: 'd."rejectedById"' }, { rejected: '1' })} FROM "Draft" d WHERE ${within('d."rejectedAt"')}`,
      Prisma.sql`${select(
        'm."createdAt"',
        { ...draft, agent: 'm."agentId"' },
        {
          sent: '1',
          sentUnchanged: `(m."kind" = 'FINAL')::int`,
          editSum: 'coalesce(m."editRatio", 0)',
          editCount: present('m."editRatio"'),
          bleuSum: 'coalesce(x."bleu", 0)',
          bleuCount: present('x."bleu"'),
          similaritySum: 'coalesce(x."semanticSimilarity", 0)',
          similarityCount: present('x."semanticSimilarity"'),
        },
      )} FROM "Message" m JOIN "Draft" d ON d."id" = m."draftId" LEFT JOIN "ReplyMetrics" x ON x."messageId" = m."id" WHERE ${within('m."createdAt"')}`,
      Prisma.sql`${select('s."createdAt"', { intent: 's."intent"', version: 's."modelVersionId"', agent: 's."agentId"' }, { surveys: '1' })} FROM "Survey" s WHERE ${within('s."createdAt"')}`,
      Prisma.sql`${select(
        'r."createdAt"',
        { intent: 's."intent"', version: 's."modelVersionId"', agent: 's."agentId"' },
        { ratings: '1', satisfied: '(r."score" >= 4)::int' },
      )} FROM "SatisfactionRating" r JOIN "Survey" s ON s."id" = r."surveyId" WHERE ${within('r."createdAt"')}`,
      Prisma.sql`${select('f."createdAt"', draft, {
        helpful: `(f."rating" = 'HELPFUL')::int`,
        notHelpful: `(f."rating" = 'NOT_HELPFUL')::int`,
        needsImprovement: `(f."rating" = 'NEEDS_IMPROVEMENT')::int`,
      })} FROM "Feedback" f JOIN "Draft" d ON d."id" = f."draftId" WHERE ${within('f."createdAt"')} AND f."rating" IS NOT NULL`,
    ],
    ' UNION ALL ',
  )
}

/** Each measure's sum, by its name. */
export const sumColumns = Prisma.raw(measures.map((name) => `sum("${name}") AS "${name}"`).join(', '))
export const measureColumns = Prisma.raw(measures.map((name) => `"${name}"`).join(', '))

/**
 * The sums of happenings by `bucket`, an expression of `at`, and by each dimension: rows of bucket, dimension, key and the measures. What has no value of a
 * dimension is in the row of "ALL" alone; a conversation with three reasons is in that row once, and in the rows of its reasons.
 */
export function sumHappenings(source: Prisma.Sql, bucket: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH facts AS MATERIALIZED (SELECT ${bucket} AS bucket, happened.* FROM (${source}) AS happened(at, intent, version, agent, reason, ${measureColumns}))
    SELECT bucket, CASE WHEN grouping(intent) = 0 THEN 'INTENT' WHEN grouping(version) = 0 THEN 'MODEL_VERSION' WHEN grouping(agent) = 0 THEN 'AGENT' ELSE 'ALL' END AS dimension,
      coalesce(intent, version, agent, '') AS key, ${sumColumns}
    FROM facts WHERE reason IS NULL GROUP BY GROUPING SETS ((bucket), (bucket, intent), (bucket, version), (bucket, agent))
    HAVING (grouping(intent) = 1 OR intent IS NOT NULL) AND (grouping(version) = 1 OR version IS NOT NULL) AND (grouping(agent) = 1 OR agent IS NOT NULL)
    UNION ALL SELECT bucket, 'REASON', reason, ${sumColumns} FROM facts WHERE reason IS NOT NULL GROUP BY bucket, reason`
}

export const noSums = Object.fromEntries(measures.map((name) => [name, 0])) as Sums

export function addSums(left: Sums, right: Sums): Sums {
  return Object.fromEntries(measures.map((name) => [name, left[name] + right[name]])) as Sums
}
