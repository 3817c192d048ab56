import { type ExperimentMetric, Prisma } from '../../generated/prisma/client.ts'
import type { Sample } from '../../lib/math/confidence-sequence.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { experimentMetrics } from './metrics.ts'

export interface DraftFigures {
  conversations: number
  drafts: number
  measuredDrafts: number
  samples: Partial<Record<ExperimentMetric, Sample>>
}

type Row = Record<string, number> & { arm: string }

/**
 * The figures of drafts by arm, from the rows, with one value a conversation: the mean of its drafts. `shown` selects arm, "draftId" and at, when it
 * was shown. A draft that was rejected, or passed over for a reply of the agent's own, counts as rewritten: else a version whose bad drafts nobody uses would
 * look good by the others.
 */
export async function measureDrafts(database: Database | Transaction, shown: Prisma.Sql): Promise<Map<string, DraftFigures>> {
  const rows = await database.$queryRaw<Row[]>`
    WITH shown AS (${shown}),
    outcomes AS (
      SELECT s.arm, d."conversationId", m."id" IS NOT NULL AS sent,
        m."id" IS NOT NULL OR d."status" = 'REJECTED' OR coalesce(instead.own, false) AS measured, m."kind" = 'FINAL' AS unchanged, m."editRatio",
        x."semanticSimilarity", d."supportScore", satisfaction.satisfied, d."totalMs", coalesce(c."escalatedAt" >= s.at, false) AS escalated
      FROM shown s JOIN "Draft" d ON d."id" = s."draftId" JOIN "Conversation" c ON c."id" = d."conversationId" JOIN "Message" turn ON turn."id" = d."turnMessageId"
      LEFT JOIN "Message" m ON m."draftId" = d."id" LEFT JOIN "ReplyMetrics" x ON x."messageId" = m."id"
      LEFT JOIN LATERAL (
        SELECT w."kind" = 'AGENT_ONLY' AS own FROM "Message" w WHERE d."status" = 'SUPERSEDED' AND w."conversationId" = d."conversationId"
          AND w."position" > turn."position" AND w."kind" <> 'NOTE' ORDER BY w."position" LIMIT 1) instead ON true
      LEFT JOIN LATERAL (
        SELECT avg((r."score" >= 4)::int) AS satisfied FROM "Survey" v JOIN "SatisfactionRating" r ON r."surveyId" = v."id" WHERE v."draftId" = d."id") satisfaction ON true
    ),
    units AS (
      SELECT arm, count(*) AS drafts, count(*) FILTER (WHERE measured) AS measured,
        avg(CASE WHEN sent THEN "editRatio" WHEN measured THEN 1 END) AS "EDIT_RATIO",
        avg(CASE WHEN sent THEN unchanged::int WHEN measured THEN 0 END)::float8 AS "ACCEPTANCE_RATE",
        avg("semanticSimilarity") AS "SEMANTIC_SIMILARITY", avg("supportScore") AS "SUPPORT", avg(satisfied)::float8 AS "CSAT",
        max(CASE WHEN escalated THEN 1 WHEN measured THEN 0 END)::float8 AS "ESCALATION_RATE", avg("totalMs") / 1000 AS "DRAFT_SECONDS"
      FROM outcomes GROUP BY arm, "conversationId"
    )
    SELECT arm, count(*)::int AS conversations, sum(drafts)::int AS drafts, sum(measured)::int AS "measuredDrafts", ${sampleColumns} FROM units GROUP BY arm`
  return new Map(rows.map(({ arm, ...row }) => [arm, figuresOf(row as Record<string, number>)]))
}

const sampleColumns = Prisma.raw(
  experimentMetrics
    .map(
      (name) => `count("${name}")::int AS "${name}:count", avg("${name}") AS "${name}:mean", coalesce(var_samp("${name}"), 0) AS "${name}:variance"`,
    )
    .join(', '),
)

function figuresOf({ conversations, drafts, measuredDrafts, ...columns }: Record<string, number>): DraftFigures {
  const measured = experimentMetrics.filter((name) => columns[`${name}:count`]! > 0)
  const sampleOf = (name: ExperimentMetric): Sample => ({
    count: columns[`${name}:count`]!,
    mean: columns[`${name}:mean`]!,
    variance: columns[`${name}:variance`]!,
  })
  return {
    conversations: conversations!,
    drafts: drafts!,
    measuredDrafts: measuredDrafts!,
    samples: Object.fromEntries(measured.map((name) => [name, sampleOf(name)])),
  }
}

export const noFigures: DraftFigures = { conversations: 0, drafts: 0, measuredDrafts: 0, samples: {} }
