import type { Keyed } from '../services/analytics/analytics.ts'
import { readAnalytics } from '../services/analytics/analytics.ts'
import type { Sums } from '../services/analytics/measures.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'
import { EscalationReason } from './enums.ts'
import { ModelVersion } from './model-version.ts'
import { Agent } from './people.ts'

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** One definition of each figure, wherever it stands. */
const figures = {
  acceptanceRate: ({ sentUnchanged, sent, rejected }: Sums) => share(sentUnchanged, sent + rejected),
  editRatio: ({ editSum, editCount }: Sums) => share(editSum, editCount),
  bleu: ({ bleuSum, bleuCount }: Sums) => share(bleuSum, bleuCount),
  semanticSimilarity: ({ similaritySum, similarityCount }: Sums) => share(similaritySum, similarityCount),
  support: ({ supportSum, supportCount }: Sums) => share(supportSum, supportCount),
  csat: ({ satisfied, ratings }: Sums) => share(satisfied, ratings),
  csatResponseRate: ({ ratings, surveys }: Sums) => (surveys === 0 ? null : Math.min(1, ratings / surveys)),
}
const figureTexts: Record<keyof typeof figures, string> = {
  acceptanceRate: 'Drafts that were sent unchanged, among those that were sent and rejected. Null when there were none.',
  editRatio: 'Mean of the sent drafts: 0 unchanged, 1 rewritten. Null when none was sent.',
  bleu: 'Mean of the sent drafts’ sentence BLEU against the reply, 0 to 100. Null when none was measured.',
  semanticSimilarity: 'Mean cosine of the sent drafts and the replies. Null when none was measured.',
  support: 'Mean share of the drafts’ sentences that their sources bear out. Null when no draft was checked.',
  csat: 'Scores of 4 and 5 among the answers to surveys. Null when nobody answered.',
  csatResponseRate: 'Answers to surveys by surveys that were made. Null when none was made.',
}
const counts = {
  conversations: 'Conversations that were opened.',
  resolved: 'Conversations whose resolution falls into the time; one that was reopened and resolved again counts once, with the last.',
  drafts: 'Drafts that were asked for or came by themselves, whatever became of them.',
  sent: 'Replies that were sent from a draft, changed or not.',
  csatResponses: 'Answers to surveys.',
  helpful: 'Feedback that calls a draft helpful.',
  notHelpful: 'Feedback that calls a draft of no use.',
  needsImprovement: 'Feedback that calls a draft usable after changes.',
  escalated: 'Conversations whose last escalation falls into the time.',
} satisfies Record<string, string>
type Count = keyof typeof counts
const countOf: Record<Count, (sums: Sums) => number> = {
  conversations: ({ conversations }) => conversations,
  resolved: ({ resolved }) => resolved,
  drafts: ({ drafts }) => drafts,
  sent: ({ sent }) => sent,
  csatResponses: ({ ratings }) => ratings,
  helpful: ({ helpful }) => helpful,
  notHelpful: ({ notHelpful }) => notHelpful,
  needsImprovement: ({ needsImprovement }) => needsImprovement,
  escalated: ({ escalated }) => escalated,
}

const AnalyticsTotals = builder.objectRef<Sums>('AnalyticsTotals').implement({
  description: 'Everything in the time together.',
  fields: (t) => ({
    ...Object.fromEntries(
      Object.keys(counts).map((name) => [name, t.int({ description: counts[name as Count], resolve: (sums) => countOf[name as Count](sums) })]),
    ),
    ...Object.fromEntries(
      Object.keys(figures).map((name) => [
        name,
        t.float({
          nullable: true,
          description: figureTexts[name as keyof typeof figures],
          resolve: (sums) => figures[name as keyof typeof figures](sums),
        }),
      ]),
    ),
  }),
})

type Point = { at: Date; sums: Sums }
const pointCounts = ['drafts', 'helpful', 'notHelpful', 'needsImprovement'] as const
const pointFigures = ['acceptanceRate', 'editRatio', 'semanticSimilarity', 'bleu', 'csat'] as const
const AnalyticsPoint = builder.objectRef<Point>('AnalyticsPoint').implement({
  description: 'An hour, a day or a week. It is there also when nothing happened.',
  fields: (t) => ({
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When it begins, in the time zone asked for; the first may begin before `from`, and has nothing from before that.',
    }),
    ...Object.fromEntries(pointCounts.map((name) => [name, t.int({ description: counts[name], resolve: ({ sums }) => countOf[name](sums) })])),
    ...Object.fromEntries(
      pointFigures.map((name) => [name, t.float({ nullable: true, description: figureTexts[name], resolve: ({ sums }) => figures[name](sums) })]),
    ),
  }),
})

const keyedFigures = ['acceptanceRate', 'editRatio', 'csat'] as const
const IntentAnalytics = builder.objectRef<Keyed>('IntentAnalytics').implement({
  description: 'One intent. Conversations count with the intent they have now, drafts and replies with that of the draft.',
  fields: (t) => ({
    intent: t.string({ description: 'Its name.', resolve: ({ key }) => key }),
    conversations: t.int({ description: counts.conversations, resolve: ({ sums }) => sums.conversations }),
    ...Object.fromEntries(
      keyedFigures.map((name) => [name, t.float({ nullable: true, description: figureTexts[name], resolve: ({ sums }) => figures[name](sums) })]),
    ),
  }),
})

const versionOf = batchInRequest(async ({ database }, ids: string[]) => {
  const versions = await database.modelVersion.findMany({ where: { id: { in: ids } } })
  return new Map(versions.map((version) => [version.id, version]))
})
const ModelVersionAnalytics = builder.objectRef<Keyed>('ModelVersionAnalytics').implement({
  description: 'One model version.',
  fields: (t) => ({
    modelVersion: t.field({
      type: ModelVersion,
      nullable: true,
      description: 'Null when it is no longer there.',
      resolve: async ({ key }, _args, context) => (await versionOf(context, key)) ?? null,
    }),
    drafts: t.int({ description: counts.drafts, resolve: ({ sums }) => sums.drafts }),
    ...Object.fromEntries(
      keyedFigures.map((name) => [name, t.float({ nullable: true, description: figureTexts[name], resolve: ({ sums }) => figures[name](sums) })]),
    ),
  }),
})

const agentOf = batchInRequest(async ({ database }, ids: string[]) => {
  const agents = await database.agent.findMany({ where: { id: { in: ids } } })
  return new Map(agents.map((agent) => [agent.id, agent]))
})
const AgentAnalytics = builder.objectRef<Keyed>('AgentAnalytics').implement({
  description: 'One agent: what they sent and rejected, and what customers said of it.',
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'Null when they are no longer there.',
      resolve: async ({ key }, _args, context) => (await agentOf(context, key)) ?? null,
    }),
    sent: t.int({ description: counts.sent, resolve: ({ sums }) => sums.sent }),
    ...Object.fromEntries(
      keyedFigures.map((name) => [name, t.float({ nullable: true, description: figureTexts[name], resolve: ({ sums }) => figures[name](sums) })]),
    ),
  }),
})

const EscalationCount = builder.objectRef<Keyed>('EscalationCount').implement({
  description: 'How often a reason was given. An escalation with several reasons counts for each.',
  fields: (t) => ({
    reason: t.field({ type: EscalationReason, description: 'Why a person was asked for.', resolve: ({ key }) => key as 'OTHER' }),
    count: t.int({ description: 'Conversations.', resolve: ({ sums }) => sums.escalated }),
  }),
})

type Read = Awaited<ReturnType<typeof readAnalytics>>
const Analytics = builder.objectRef<Read>('Analytics').implement({
  description: 'What happened in a time, computed from the rows. What was not measured is null, never 0.',
  fields: (t) => ({
    totals: t.field({ type: AnalyticsTotals, description: 'All of it together.', resolve: ({ totals }) => totals }),
    series: t.field({
      type: [AnalyticsPoint],
      complexity: { field: 1, multiplier: 0 },
      description: 'Bucket by bucket, oldest first; at most 745.',
      resolve: ({ series }) => series,
    }),
    byIntent: t.field({
      type: [IntentAnalytics],
      complexity: { field: 1, multiplier: 0 },
      description: 'The 100 with most conversations; what has no intent is in `totals` alone.',
      resolve: ({ byIntent }) => byIntent,
    }),
    byModelVersion: t.field({
      type: [ModelVersionAnalytics],
      description: 'The 100 with most drafts.',
      resolve: ({ byModelVersion }) => byModelVersion,
    }),
    byAgent: t.field({ type: [AgentAnalytics], description: 'The 100 with most replies.', resolve: ({ byAgent }) => byAgent }),
    escalationReasons: t.field({
      type: [EscalationCount],
      description: 'Most frequent first.',
      resolve: ({ escalationReasons }) => escalationReasons,
    }),
  }),
})

const AnalyticsInterval = builder.enumType('AnalyticsInterval', {
  description: 'How long a bucket of the series is.',
  values: {
    HOUR: { description: 'An hour; at most 31 days can be asked for.' },
    DAY: { description: 'A day in the time zone, of 23 or 25 hours when its clocks change.' },
    WEEK: { description: 'From Monday to Sunday, as ISO 8601 has it.' },
  } as const,
})

builder.queryField('analytics', (t) =>
  t.field({
    type: Analytics,
    description:
      'What happened from `from` up to and without `to`; at most 400 days apart. INVALID_INPUT for times the wrong way round or too far apart, and for an unknown time zone.',
    authScopes: { staff: true },
    complexity: { field: 50, multiplier: 1 },
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'From this moment on.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'Before this moment.' }),
      interval: t.arg({ type: AnalyticsInterval, defaultValue: 'DAY', description: 'How long a bucket of the series is.' }),
      timeZone: t.arg.string({ defaultValue: 'UTC', description: 'A name of the IANA database such as Europe/Berlin: where days and weeks begin.' }),
    },
    resolve: (_root, { from, to, interval, timeZone }, resources) =>
      readAnalytics(resources, { from, to, interval: interval ?? 'DAY', timeZone: timeZone ?? 'UTC' }),
  }),
)
