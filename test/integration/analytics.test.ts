import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/lib/math/random.ts'
import { AnalyticsDocument } from '../generated/graphql.ts'
import { deskOf, globalId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)
const database = () => server.app.resources.database
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const now = Date.now()
const random = createRandom(3)
const pick = <Value>(values: Value[]) => values[Math.floor(random.next() * values.length)]!

interface Made {
  at: number
  intent: string
  versionId: string
  agentId: string
  kind: 'FINAL' | 'AGENT_EDITED' | null
  rejected: boolean
  editRatio: number
  rating: 'HELPFUL' | 'NOT_HELPFUL' | 'NEEDS_IMPROVEMENT' | null
  score: number | null
  escalated: boolean
  draftId: string
  conversationId: string
}
const made: Made[] = []

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  const customer = await database().customer.create({ data: {} })
  const agents = [await database().agent.create({ data: { name: 'Ann' } }), await database().agent.create({ data: { name: 'Bob' } })]
  const versions = [
    await database().modelVersion.create({ data: { name: 'One', kind: 'PROMPT', status: 'RETIRED' } }),
    await database().modelVersion.create({ data: { name: 'Two', kind: 'PROMPT', status: 'RETIRED' } }),
  ]
  for (let index = 0; index < 150; index++) {
    // Some in the last hours, which are in no rollup.
    const at = index < 10 ? now - random.next() * hourMs : now - random.next() * 40 * dayMs
    const one = {
      at,
      intent: pick(['returns', 'shipping']),
      versionId: pick(versions).id,
      agentId: pick(agents).id,
      editRatio: random.next(),
      rating: pick(['HELPFUL', 'NOT_HELPFUL', 'NEEDS_IMPROVEMENT', null] as const),
      score: pick([1, 3, 4, 5, null]),
      escalated: random.next() < 0.2,
    }
    const outcome = pick(['FINAL', 'AGENT_EDITED', 'REJECTED', 'NOTHING'] as const)
    const [kind, rejected] = [outcome === 'FINAL' || outcome === 'AGENT_EDITED' ? outcome : null, outcome === 'REJECTED']
    const createdAt = new Date(at)
    const conversation = await database().conversation.create({
      data: {
        customerId: customer.id,
        createdAt,
        intent: one.intent,
        resolvedAt: createdAt,
        ...(one.escalated && { escalatedAt: createdAt, escalationReasons: ['OTHER', 'POLICY'] as const }),
      } as never,
    })
    const turn = await database().message.create({ data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text: 'a', createdAt } })
    const draft = await database().draft.create({
      data: {
        conversationId: conversation.id,
        turnMessageId: turn.id,
        status: 'READY',
        text: 'b',
        intent: one.intent,
        modelVersionId: one.versionId,
        supportScore: 0.5,
        createdAt,
        ...(rejected && { rejectedAt: createdAt, rejectedById: one.agentId }),
      },
    })
    if (kind) {
      const editRatio = kind === 'FINAL' ? 0 : one.editRatio
      const message = await database().message.create({
        data: { conversationId: conversation.id, position: 2, kind, text: 'c', draftId: draft.id, agentId: one.agentId, editRatio, createdAt },
      })
      await database().replyMetrics.create({ data: { messageId: message.id, draftId: draft.id, bleu: 50, semanticSimilarity: null, lengthRatio: 1 } })
    }
    if (one.rating) await database().feedback.create({ data: { draftId: draft.id, agentId: one.agentId, rating: one.rating, createdAt } })
    if (one.score)
      await database().survey.create({
        data: {
          conversationId: conversation.id,
          intent: one.intent,
          modelVersionId: one.versionId,
          agentId: one.agentId,
          createdAt,
          expiresAt: new Date(now + dayMs),
          rating: { create: { score: one.score, createdAt } },
        },
      })
    made.push({ ...one, kind, rejected, draftId: draft.id, conversationId: conversation.id })
  }
})
afterAll(() => server?.stop())

interface Range {
  from: number
  to: number
  interval?: 'HOUR' | 'DAY' | 'WEEK'
  timeZone?: string
}
const selection = `totals { conversations resolved drafts sent acceptanceRate editRatio bleu semanticSimilarity support csat csatResponses csatResponseRate helpful notHelpful needsImprovement escalated }
  series { at drafts acceptanceRate editRatio semanticSimilarity bleu csat helpful notHelpful needsImprovement }
  byIntent { intent conversations acceptanceRate editRatio csat } byModelVersion { modelVersion { name } drafts acceptanceRate editRatio csat }
  byAgent { agent { name } sent editRatio } escalationReasons { reason count }`

async function read({ from, to, interval = 'DAY', timeZone = 'UTC' }: Range): Promise<any> {
  const variables = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval, timeZone }
  const query = `query ($from: DateTime!, $to: DateTime!, $interval: AnalyticsInterval!, $timeZone: String!) { analytics(from: $from, to: $to, interval: $interval, timeZone: $timeZone) { ${selection} } }`
  return (await desk.ask(query, variables)).analytics
}

const within = ({ from, to }: Range) => made.filter(({ at }) => at >= from && at < to)
const mean = (values: number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)
const close = (value: number | null) => (value === null ? null : expect.closeTo(value, 6))

function expected(rows: Made[]) {
  const sent = rows.filter(({ kind }) => kind)
  const rejected = rows.filter((row) => row.rejected)
  const scores = rows.flatMap(({ score }) => score ?? [])
  return {
    acceptanceRate: close(
      sent.length + rejected.length === 0 ? null : sent.filter(({ kind }) => kind === 'FINAL').length / (sent.length + rejected.length),
    ),
    editRatio: close(mean(sent.map(({ kind, editRatio }) => (kind === 'FINAL' ? 0 : editRatio)))),
    csat: close(mean(scores.map((score) => Number(score >= 4)))),
  }
}

const ranges: [string, Range][] = [
  ['whole, by day', { from: now - 45 * dayMs, to: now + 1 }],
  ['edges in the middle of an hour', { from: now - 20.3 * dayMs, to: now - 3.7 * dayMs }],
  ['by week in New York', { from: now - 30 * dayMs, to: now, interval: 'WEEK', timeZone: 'America/New_York' }],
  ['by day in Kathmandu, which is 45 minutes off', { from: now - 12 * dayMs, to: now, timeZone: 'Asia/Kathmandu' }],
  ['by hour', { from: now - 2 * dayMs, to: now, interval: 'HOUR' }],
]

describe('analytics', () => {
  it.each(ranges)('are what the rows say: %s', async (_, range) => {
    const { totals, series, byIntent, byModelVersion, byAgent, escalationReasons } = await read(range)
    const rows = within(range)
    expect(totals).toMatchObject({
      conversations: rows.length,
      resolved: rows.length,
      drafts: rows.length,
      sent: rows.filter(({ kind }) => kind).length,
      ...expected(rows),
      support: close(rows.length === 0 ? null : 0.5),
      bleu: rows.some(({ kind }) => kind) ? 50 : null,
      semanticSimilarity: null,
      csatResponses: rows.filter(({ score }) => score).length,
      helpful: rows.filter(({ rating }) => rating === 'HELPFUL').length,
      needsImprovement: rows.filter(({ rating }) => rating === 'NEEDS_IMPROVEMENT').length,
      escalated: rows.filter(({ escalated }) => escalated).length,
    })
    for (const [index, point] of series.entries()) {
      const [start, end] = [new Date(point.at).getTime(), series[index + 1] ? new Date(series[index + 1].at).getTime() : range.to]
      const theirs = rows.filter(({ at }) => at >= start && at < end)
      expect([point.at, point]).toMatchObject([point.at, { drafts: theirs.length, ...expected(theirs) }])
    }
    expect(series.reduce((sum: number, { drafts }: { drafts: number }) => sum + drafts, 0)).toBe(rows.length)
    for (const { intent, conversations, ...figures } of byIntent) {
      const theirs = rows.filter((row) => row.intent === intent)
      expect([conversations, figures]).toEqual([theirs.length, expected(theirs)])
    }
    expect(byModelVersion.reduce((sum: number, { drafts }: { drafts: number }) => sum + drafts, 0)).toBe(rows.length)
    expect(byAgent.reduce((sum: number, { sent }: { sent: number }) => sum + sent, 0)).toBe(totals.sent)
    expect(escalationReasons.map(({ count }: { count: number }) => count)).toEqual(totals.escalated === 0 ? [] : [totals.escalated, totals.escalated])
  })

  it('begin days and weeks where the clocks of the zone do, also when they change', async () => {
    const { series } = await read({ from: Date.parse('2026-10-24T12:00:00Z'), to: Date.parse('2026-10-27T12:00:00Z'), timeZone: 'Europe/Berlin' })
    expect(series.map(({ at }: { at: string }) => at)).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ])
    const weeks = await read({ from: Date.parse('2026-11-20T00:00:00Z'), to: Date.parse('2026-11-26T00:00:00Z'), interval: 'WEEK' })
    expect(weeks.series.map(({ at }: { at: string }) => at)).toEqual(['2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'])
  })

  it('follow rows that change long after their hour: a late rating, another intent, an erased conversation', async () => {
    const range = { from: now - 45 * dayMs, to: now + 1 }
    const before = await read(range)
    const old = made.find(({ at, kind, score }) => kind === 'AGENT_EDITED' && score === null && at < now - 2 * dayMs)!
    const survey = await database().survey.create({
      data: { conversationId: old.conversationId, createdAt: new Date(old.at), expiresAt: new Date(now + dayMs) },
    })
    await database().satisfactionRating.create({ data: { surveyId: survey.id, score: 5, createdAt: new Date(old.at) } })
    await database().conversation.update({ where: { id: old.conversationId }, data: { intent: 'late' } })
    const after = await read(range)
    expect(after.totals.csatResponses).toBe(before.totals.csatResponses + 1)
    expect(after.byIntent.find(({ intent }: { intent: string }) => intent === 'late')).toMatchObject({ conversations: 1 })
    await database().conversation.delete({ where: { id: old.conversationId } })
    const gone = await read(range)
    expect(gone.totals).toMatchObject({
      conversations: before.totals.conversations - 1,
      drafts: before.totals.drafts - 1,
      sent: before.totals.sent - 1,
      csatResponses: before.totals.csatResponses,
    })
    made.splice(made.indexOf(old), 1)
  })

  it('answer the operation that clients hold, and can be opened to their rows', async () => {
    const range = { from: now - 20 * dayMs, to: now - dayMs }
    const { analytics } = await server.run(AnalyticsDocument, { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() })
    const filter = { createdAfter: new Date(range.from).toISOString(), createdBefore: new Date(range.to).toISOString() }
    const rows = within(range)
    const { drafts } = await desk.ask('query ($filter: DraftFilter) { drafts(first: 100, filter: $filter) { edges { node { id } } } }', { filter })
    expect(drafts.edges).toHaveLength(analytics.totals.drafts)
    const { conversations } = await desk.ask(
      'query ($filter: ConversationFilter) { conversations(first: 100, filter: $filter) { edges { node { id } } } }',
      { filter: { ...filter, intent: 'returns' } },
    )
    expect(conversations.edges).toHaveLength(rows.filter(({ intent }) => intent === 'returns').length)
    const version = rows[0]!.versionId
    const edited = await desk.ask('query ($filter: DraftFilter) { drafts(first: 100, filter: $filter) { edges { node { id } } } }', {
      filter: { ...filter, edited: true, modelVersionId: globalId('ModelVersion', version) },
    })
    expect(edited.drafts.edges).toHaveLength(rows.filter(({ kind, versionId }) => kind === 'AGENT_EDITED' && versionId === version).length)
  })

  it.each([
    ['the wrong way round', { from: now, to: now - dayMs }, 'before'],
    ['too long by hour', { from: now - 40 * dayMs, to: now, interval: 'HOUR' as const }, '31'],
    ['too long', { from: now - 500 * dayMs, to: now }, '400'],
    ['an unknown zone', { from: now - dayMs, to: now, timeZone: 'Mars/Base' }, 'timeZone'],
    ['an offset', { from: now - dayMs, to: now, timeZone: '+05:30' }, 'timeZone'],
  ])('refuse %s', async (_, range, text) => {
    await expect(read(range)).rejects.toThrow(text)
  })
})
