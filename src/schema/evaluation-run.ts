import type {
  EvaluationComparison as Comparison,
  EvaluationResult,
  EvaluationSummary,
  EvaluationMetrics as Metrics,
} from '../services/evaluation/summarise-evaluation.ts'
import { builder } from './builder.ts'
import { GeneratorKind } from './enums.ts'
import { ModelVersion } from './model-version.ts'
import { Run } from './run.ts'

const EvaluationMetrics = builder.objectRef<Metrics>('EvaluationMetrics').implement({
  description: 'Means over the held-out conversations that were replayed. Null where nothing could be measured.',
  fields: (t) => ({
    editRatio: t.exposeFloat('editRatio', { nullable: true, description: '0 when drafts are what agents wrote, 1 when nothing of them is.' }),
    semanticSimilarity: t.exposeFloat('semanticSimilarity', { nullable: true, description: 'Cosine of drafts and what agents wrote.' }),
    bleu: t.exposeFloat('bleu', { nullable: true, description: 'Corpus BLEU of drafts against what agents wrote, from 0 to 100.' }),
    support: t.exposeFloat('support', { nullable: true, description: 'Share of the sentences of drafts that the articles support.' }),
    lengthRatio: t.exposeFloat('lengthRatio', { nullable: true, description: 'Words of a draft for each that an agent wrote.' }),
    escalationAgreement: t.exposeFloat('escalationAgreement', {
      nullable: true,
      description: 'Share of conversations in which a person was recommended exactly where a person took over.',
    }),
    seconds: t.exposeFloat('seconds', { nullable: true, description: 'How long a draft takes, without the search.' }),
  }),
})

const names = {
  editRatio: 'EDIT_RATIO',
  semanticSimilarity: 'SEMANTIC_SIMILARITY',
  bleu: 'BLEU',
  support: 'SUPPORT',
  lengthRatio: 'LENGTH_RATIO',
  escalationAgreement: 'ESCALATION_AGREEMENT',
  seconds: 'SECONDS',
} as const
const EvaluationMetric = builder.enumType('EvaluationMetric', {
  description: 'What is measured of a draft in an evaluation.',
  values: {
    EDIT_RATIO: { description: 'How much of it an agent would have changed. Lower is better.' },
    SEMANTIC_SIMILARITY: { description: 'How near it comes in meaning to what an agent wrote.' },
    BLEU: { description: 'How near it comes in words; compared as the mean of single drafts.' },
    SUPPORT: { description: 'How far the articles bear it out.' },
    LENGTH_RATIO: { description: 'How long it is beside what an agent wrote. Neither more nor less is better.' },
    ESCALATION_AGREEMENT: { description: 'Whether a person is recommended where a person took over.' },
    SECONDS: { description: 'How long it takes. Lower is better.' },
  } as const,
})
const EvaluationOutcome = builder.enumType('EvaluationOutcome', {
  description: 'What the interval of a difference says.',
  values: {
    BETTER: { description: 'All of it is on the better side of 0.' },
    WORSE: { description: 'All of it is on the worse side of 0.' },
    NO_DIFFERENCE: { description: 'It holds 0, or neither side is better.' },
  } as const,
})

const EvaluationComparison = builder.objectRef<Comparison>('EvaluationComparison').implement({
  description: 'The version less the one that it is compared to, on the same conversations, with its 95% interval by the paired bootstrap.',
  fields: (t) => ({
    metric: t.field({ type: EvaluationMetric, description: 'What was compared.', resolve: ({ metric }) => names[metric] }),
    difference: t.exposeFloat('difference', { description: 'The mean difference.' }),
    low: t.exposeFloat('low', { description: 'The lower end of the interval.' }),
    high: t.exposeFloat('high', { description: 'The upper end of the interval.' }),
    cases: t.exposeInt('cases', { description: 'How many conversations both measured.' }),
    outcome: t.expose('outcome', { type: EvaluationOutcome, description: 'What the interval says.' }),
  }),
})

const IntentEvaluation = builder.objectRef<EvaluationSummary & { intent: string | null }>('IntentEvaluation').implement({
  description: 'The same of the conversations of one intent.',
  fields: (t) => ({
    intent: t.exposeString('intent', { nullable: true, description: 'Its name; null for those without one.' }),
    cases: t.exposeInt('cases', { description: 'How many conversations there are of it.' }),
    metrics: t.expose('metrics', { type: EvaluationMetrics, description: 'Of the version.' }),
    comparedMetrics: t.expose('comparedMetrics', { type: EvaluationMetrics, nullable: true, description: 'Of the other one; null without one.' }),
    comparisons: t.expose('comparisons', {
      type: [EvaluationComparison],
      description: 'One a metric, where at least two could be compared; at most 7.',
    }),
  }),
})

const resultOf = ({ evaluation }: { evaluation: { result: unknown } | null }) => evaluation!.result as EvaluationResult | null

/** A replay of held-out conversations. */
export const EvaluationRun = builder.prismaNode('Run', {
  variant: 'EvaluationRun',
  description: 'Replays held-out conversations with a version, and with another one beside it. Nothing that it drafts is kept, only the figures.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: (t) => ({
    modelVersion: t.field({
      select: (_args, _context, nested) => ({ evaluation: { include: { modelVersion: nested() } } }),
      type: ModelVersion,
      description: 'The version that is measured.',
      resolve: ({ evaluation }) => evaluation!.modelVersion,
    }),
    comparedTo: t.field({
      select: (_args, _context, nested) => ({ evaluation: { include: { comparedTo: nested() } } }),
      type: ModelVersion,
      nullable: true,
      description: 'The one that it is compared to; null when it is compared to none.',
      resolve: ({ evaluation }) => evaluation!.comparedTo,
    }),
    generator: t.field({
      select: { evaluation: true },
      type: GeneratorKind,
      nullable: true,
      description: 'Which generator wrote the drafts; null until it has ended. The extractive one writes the same whatever the instructions.',
      resolve: ({ evaluation }) => evaluation!.generatorKind,
    }),
    generatorModel: t.string({
      select: { evaluation: true },
      nullable: true,
      description: 'The model that was asked for the version’s drafts; null until it has ended.',
      resolve: ({ evaluation }) => evaluation!.generatorModel,
    }),
    heldOutSha256: t.string({
      select: { evaluation: true },
      nullable: true,
      description: 'Of the conversations: two evaluations with the same value replayed the same. Null until it has ended.',
      resolve: ({ evaluation }) => evaluation!.heldOutSha256,
    }),
    cases: t.int({
      select: { evaluation: true },
      nullable: true,
      description: 'How many conversations were replayed; null until it has ended.',
      resolve: (run) => resultOf(run)?.cases ?? null,
    }),
    metrics: t.field({
      select: { evaluation: true },
      type: EvaluationMetrics,
      nullable: true,
      description: 'Of the version; null until it has ended.',
      resolve: (run) => resultOf(run)?.metrics ?? null,
    }),
    comparedMetrics: t.field({
      select: { evaluation: true },
      type: EvaluationMetrics,
      nullable: true,
      description: 'Of the one that it is compared to; null without one, and until it has ended.',
      resolve: (run) => resultOf(run)?.comparedMetrics ?? null,
    }),
    comparisons: t.field({
      select: { evaluation: true },
      type: [EvaluationComparison],
      description: 'One a metric, where at least two conversations could be compared; at most 7.',
      resolve: (run) => resultOf(run)?.comparisons ?? [],
    }),
    byIntent: t.field({
      select: { evaluation: true },
      type: [IntentEvaluation],
      description: 'The same for each intent, most conversations first; at most 100.',
      resolve: (run) => resultOf(run)?.byIntent ?? [],
    }),
  }),
})

builder.prismaObjectField(ModelVersion, 'evaluations', (t) =>
  t.prismaConnection({
    type: EvaluationRun,
    cursor: 'id',
    description: 'The evaluations that measured it, newest first.',
    resolve: (query, { id }, _args, { database }) =>
      database.run.findMany({ ...query, where: { kind: 'EVALUATION', evaluation: { modelVersionId: id } }, orderBy: { id: 'desc' } }),
  }),
)
