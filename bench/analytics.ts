import { readAnalytics } from '../src/services/analytics/analytics.ts'
import type { Database } from '../src/stores/database.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'

const conversations = 50_000
const days = 90
const dayMs = 86_400_000
const rounds = 30

/** The analytics of 90 days over 200,000 messages, as a dashboard asks for them. */
export async function measureAnalytics(): Promise<Measurement> {
  const { resources, close } = await openKnowledge({ environment: { EMBEDDER: 'none' } })
  try {
    const { database } = resources
    const to = new Date()
    const from = new Date(to.getTime() - days * dayMs)
    await fill(database, from)
    const query = { from, to, interval: 'DAY' as const, timeZone: 'Europe/Berlin' }
    const first = await timed(() => readAnalytics({ database }, query))
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push((await timed(() => readAnalytics({ database }, query))).ms)
    const raw = await timed(() => fromRows(database, from, to))
    if (raw.value.drafts !== first.value.totals.drafts || raw.value.sent !== first.value.totals.sent)
      throw new Error(`The rollups say ${JSON.stringify(first.value.totals)}, the rows ${JSON.stringify(raw.value)}.`)
    const p50 = percentile(times, 0.5)
    return {
      title: `Analytics of ${days} days over ${conversations * 4} messages`,
      conditions: `embedded database, ${conversations} conversations with 4 messages and 2 drafts each, by day in a zone of half the world; totals, series and every break-down; ${rounds} times`,
      reference: 'two of the totals from the rows, without rollups',
      rows: [
        { what: 'p50', unit: 'ms', measured: p50, reference: raw.ms, target: { atMost: 100 } },
        { what: 'p95', unit: 'ms', measured: percentile(times, 0.95), reference: raw.ms, target: { atMost: 100 } },
        { what: 'the first time, when 90 days are rolled up', unit: 'ms', measured: first.ms, reference: null, target: null },
      ],
    }
  } finally {
    await close()
  }
}

/** By the database itself: rows of 50,000 conversations are not worth sending. */
async function fill(database: Database, from: Date): Promise<void> {
  await database.customer.create({ data: { id: 'customer' } })
  await database.agent.createMany({ data: Array.from({ length: 20 }, (_, index) => ({ id: `agent-${index}`, name: `Agent ${index}` })) })
  await database.modelVersion.createMany({ data: [1, 2, 3].map((n) => ({ id: `version-${n}`, name: `Version ${n}`, kind: 'PROMPT' as const })) })
  const at = `$1::timestamptz + (n * interval '${days} days' / ${conversations})`
  const numbers = `generate_series(0, ${conversations - 1}) AS n`
  const intent = `'intent-' || (n % 25)`
  await database.$executeRawUnsafe(
    `INSERT INTO "Conversation" ("id", "customerId", "createdAt", "updatedAt", "intent", "resolvedAt", "escalatedAt", "escalationReasons")
      SELECT 'c' || n, 'customer', ${at}, ${at}, ${intent}, CASE WHEN n % 3 > 0 THEN ${at} END, CASE WHEN n % 10 = 0 THEN ${at} END,
        CASE WHEN n % 10 = 0 THEN ARRAY['POLICY']::"EscalationReason"[] ELSE '{}' END FROM ${numbers}`,
    from,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "Message" ("id", "conversationId", "position", "kind", "text", "createdAt", "customerId")
      SELECT 'm' || n || '-' || k, 'c' || n, k * 2 - 1, 'CUSTOMER', 'Hello', ${at}, 'customer' FROM ${numbers}, generate_series(1, 2) AS k`,
    from,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "Draft" ("id", "conversationId", "turnMessageId", "status", "text", "intent", "modelVersionId", "supportScore", "createdAt", "rejectedAt", "rejectedById")
      SELECT 'd' || n || '-' || k, 'c' || n, 'm' || n || '-' || k, 'SENT', 'x', ${intent}, 'version-' || (1 + n % 3), 0.9, ${at},
        CASE WHEN n % 7 = 0 AND k = 2 THEN ${at} END, CASE WHEN n % 7 = 0 AND k = 2 THEN 'agent-1' END FROM ${numbers}, generate_series(1, 2) AS k`,
    from,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "Message" ("id", "conversationId", "position", "kind", "text", "createdAt", "agentId", "draftId", "editRatio")
      SELECT 'r' || n || '-' || k, 'c' || n, k * 2, CASE WHEN n % 2 = 0 THEN 'FINAL' ELSE 'AGENT_EDITED' END::"MessageKind", 'x', ${at}, 'agent-' || (n % 20),
        'd' || n || '-' || k, CASE WHEN n % 2 = 0 THEN 0 ELSE (n % 100) / 100.0 END FROM ${numbers}, generate_series(1, 2) AS k`,
    from,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "Feedback" ("id", "draftId", "agentId", "rating", "createdAt", "updatedAt")
      SELECT 'f' || n, 'd' || n || '-1', 'agent-' || (n % 20), (ARRAY['HELPFUL', 'NOT_HELPFUL', 'NEEDS_IMPROVEMENT'])[1 + n % 3]::"FeedbackRating", ${at}, ${at} FROM ${numbers}`,
    from,
  )
  await database.$executeRawUnsafe('ANALYZE')
}

async function fromRows(database: Database, from: Date, to: Date): Promise<{ drafts: number; sent: number }> {
  const [row] = await database.$queryRaw<{ drafts: number; sent: number }[]>`
    SELECT (SELECT count(*)::int FROM "Draft" WHERE "createdAt" >= ${from} AND "createdAt" < ${to}) AS drafts,
      (SELECT count(*)::int FROM "Message" m JOIN "Draft" d ON d."id" = m."draftId"
        WHERE m."createdAt" >= ${from} AND m."createdAt" < ${to} AND m."kind" IN ('FINAL', 'AGENT_EDITED')) AS sent`
  return row!
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedAt = performance.now()
  const value = await work()
  return { value, ms: performance.now() - startedAt }
}
