import type { Comparison as ComparisonRow, Metrics } from '../services/training/compare-outcomes.ts'
import { builder } from './builder.ts'
import { RetrainingTrigger } from './enums.ts'
import { Run } from './run.ts'

const RetrainingMetrics = builder.objectRef<Metrics>('RetrainingMetrics').implement({
  description: 'Measured on held-out cases, which nothing is ever learned from. Null where none of them had anything to compare with.',
  fields: (t) => ({
    intentAccuracy: t.exposeFloat('intentAccuracy', { nullable: true, description: 'Share of questions that are routed to the right intent.' }),
    recallAt3: t.exposeFloat('recallAt3', { nullable: true, description: 'Share of questions with the right article among the first three.' }),
    meanReciprocalRank: t.exposeFloat('meanReciprocalRank', {
      nullable: true,
      description: '1 when the right article is always first, 0 when it is never found.',
    }),
    draftSimilarity: t.exposeFloat('draftSimilarity', {
      nullable: true,
      description: 'Cosine of drafts and what agents wrote instead, without greetings and signatures.',
    }),
  }),
})

const metricNames = {
  intentAccuracy: 'INTENT_ACCURACY',
  recallAt3: 'RECALL_AT_3',
  meanReciprocalRank: 'MEAN_RECIPROCAL_RANK',
  draftSimilarity: 'DRAFT_SIMILARITY',
} as const
const RetrainingMetric = builder.enumType('RetrainingMetric', {
  description: 'What is measured before and after a retraining.',
  values: {
    INTENT_ACCURACY: { description: 'Whether questions are routed to the right intent.' },
    RECALL_AT_3: { description: 'Whether the right article is among the first three.' },
    MEAN_RECIPROCAL_RANK: { description: 'How far up the right article is.' },
    DRAFT_SIMILARITY: { description: 'How near drafts come to what agents wrote.' },
  } as const,
})

const RetrainingComparison = builder.objectRef<ComparisonRow>('RetrainingComparison').implement({
  description: 'After less before on the same held-out cases, with its 95% interval by the paired bootstrap.',
  fields: (t) => ({
    metric: t.field({ type: RetrainingMetric, description: 'What was compared.', resolve: ({ metric }) => metricNames[metric] }),
    difference: t.exposeFloat('difference', { description: 'Above 0 is better.' }),
    low: t.exposeFloat('low', { description: 'The lower end; of fewer than two cases −1.' }),
    high: t.exposeFloat('high', { description: 'The upper end; of fewer than two cases 1.' }),
    cases: t.exposeInt('cases', { description: 'How many cases both measured.' }),
  }),
})

type Part = { part: string; isKept: boolean; reason: string }
const RetrainingPart = builder.objectRef<Part>('RetrainingPart').implement({
  description: 'Something that was fitted, and kept only if cross-validation gained by it.',
  fields: (t) => ({
    part: t.exposeString('part', { description: 'QUERY_ADAPTER, SIGNAL_WEIGHTS or PHRASINGS. New ones may come.' }),
    isKept: t.exposeBoolean('isKept', { description: 'It gained.' }),
    reason: t.exposeString('reason', { description: 'What cross-validation found, or why there was none.' }),
  }),
})

export const RetrainingRun = builder.prismaNode('Run', {
  variant: 'RetrainingRun',
  description:
    'Learns from approved examples, measures before and after on held-out cases, and activates what it learned only if nothing gets worse.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: (t) => ({
    trigger: t.field({
      select: { retraining: true },
      type: RetrainingTrigger,
      description: 'Why it was started.',
      resolve: ({ retraining }) => retraining!.trigger,
    }),
    dryRun: t.boolean({ select: { retraining: true }, description: 'It only measures.', resolve: ({ retraining }) => retraining!.dryRun }),
    activated: t.boolean({
      select: { retraining: true },
      description: 'What it learned went live. See `rolledBackAt`.',
      resolve: ({ retraining }) => retraining!.activated,
    }),
    reason: t.string({
      select: { retraining: true },
      nullable: true,
      description: 'Why it was activated or not; null until it has decided.',
      resolve: ({ retraining }) => retraining!.reason,
    }),
    rolledBackAt: t.field({
      select: { retraining: true },
      type: 'DateTime',
      nullable: true,
      description: 'When `rollBackRetraining` undid it; null when it stands.',
      resolve: ({ retraining }) => retraining!.rolledBackAt,
    }),
    examplesProcessed: t.int({
      select: { retraining: true },
      description: 'New examples that it learned from; 0 unless it was activated.',
      resolve: ({ retraining }) => retraining!.examplesProcessed,
    }),
    articlesReembedded: t.int({
      select: { retraining: true },
      description: 'Articles that it embedded again.',
      resolve: ({ retraining }) => retraining!.articlesReembedded,
    }),
    intentExamplesAdded: t.int({
      select: { retraining: true },
      description: 'Questions that the router learned.',
      resolve: ({ retraining }) => retraining!.intentExamplesAdded,
    }),
    fewShotExamplesAdded: t.int({
      select: { retraining: true },
      description: 'Replies that prompts may show from then on.',
      resolve: ({ retraining }) => retraining!.fewShotExamplesAdded,
    }),
    phrasingsAdded: t.int({
      select: { retraining: true },
      description: 'Questions by which articles are found from then on.',
      resolve: ({ retraining }) => retraining!.phrasingsAdded,
    }),
    heldOutCases: t.int({
      select: { retraining: true },
      description: 'Examples that it measured with.',
      resolve: ({ retraining }) => retraining!.heldOutCases,
    }),
    heldOutSha256: t.string({
      select: { retraining: true },
      nullable: true,
      description: 'Of the held-out cases: two runs with the same value measured on the same. Null until they were collected.',
      resolve: ({ retraining }) => retraining!.heldOutSha256,
    }),
    before: t.field({
      select: { retraining: true },
      type: RetrainingMetrics,
      nullable: true,
      description: 'With what was live; null until it was measured.',
      resolve: ({ retraining }) => retraining!.before as Metrics | null,
    }),
    after: t.field({
      select: { retraining: true },
      type: RetrainingMetrics,
      nullable: true,
      description: 'With what was learned; null until it was measured.',
      resolve: ({ retraining }) => retraining!.after as Metrics | null,
    }),
    comparisons: t.field({
      select: { retraining: true },
      type: [RetrainingComparison],
      description: 'One a metric that was measured; at most 4.',
      resolve: ({ retraining }) => retraining!.comparisons as unknown as ComparisonRow[],
    }),
    parts: t.field({
      select: { retraining: true },
      type: [RetrainingPart],
      description: 'What was fitted; at most 10.',
      resolve: ({ retraining }) => retraining!.parts as unknown as Part[],
    }),
  }),
})

builder.queryField('retrainingRuns', (t) =>
  t.prismaConnection({
    type: RetrainingRun,
    cursor: 'id',
    description: 'Newest first.',
    authScopes: { staff: true },
    resolve: (query, _root, _args, { database }) => database.run.findMany({ ...query, where: { kind: 'RETRAINING' }, orderBy: { id: 'desc' } }),
  }),
)
