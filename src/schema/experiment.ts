import { armMetric, type Guardrail } from '../services/experiments/analyse.ts'
import type { Judged } from '../services/experiments/end-experiment.ts'
import { examineExperiments } from '../services/experiments/examine-experiments.ts'
import { experimentMetrics } from '../services/experiments/metrics.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { ExperimentMetric, ExperimentOutcome, ExperimentStatus } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'
import { ModelVersion } from './model-version.ts'

/** Counting the drafts of an experiment takes the database longer than reading a row; it does it once, whichever of them a request asks for. */
const costOfFigures = 20
const costOfSome = 5
const judgedOf = batchInRequest(examineExperiments)

const VariantMetric = builder
  .objectRef<{ name: (typeof ExperimentMetric)['$inferType']; mean: number | null; low: number | null; high: number | null }>(
    'ExperimentVariantMetric',
  )
  .implement({
    description: 'A metric of one variant, over its conversations.',
    fields: (t) => ({
      name: t.expose('name', { type: ExperimentMetric, description: 'Which one.' }),
      mean: t.exposeFloat('mean', { nullable: true, description: 'Null where nothing was measured.' }),
      low: t.exposeFloat('low', { nullable: true, description: 'The lower end of where the true mean lies; null for fewer than two conversations.' }),
      high: t.exposeFloat('high', { nullable: true, description: 'The upper end; null for fewer than two conversations.' }),
    }),
  })

export const ExperimentVariant = builder.prismaNode('ExperimentVariant', {
  description: 'One of the two model versions of an experiment, and what became of its drafts.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As whoever created the experiment called it.' }),
    weight: t.exposeFloat('weight', { description: 'Beside that of the other: with 3 and 1 it is three of four conversations.' }),
    isControl: t.boolean({ description: 'The other one is compared to it.', resolve: ({ position }) => position === 0 }),
    modelVersion: t.relation('modelVersion', { description: 'What its drafts are written with.' }),
    experiment: t.relation('experiment', { description: 'The one that it is part of.' }),
    conversations: t.int({
      complexity: costOfSome,
      description: 'Conversations of which a draft was shown to somebody of the team.',
      resolve: async ({ experimentId, position }, _args, context) => (await judgedOf(context, experimentId))!.arms[position]!.conversations,
    }),
    drafts: t.int({
      complexity: costOfSome,
      description: 'Drafts that were shown. Those that nobody saw count nowhere.',
      resolve: async ({ experimentId, position }, _args, context) => (await judgedOf(context, experimentId))!.arms[position]!.drafts,
    }),
    measuredDrafts: t.int({
      complexity: costOfSome,
      description: 'Of these, how many came to an outcome: sent, rejected, or passed over for a reply of the agent’s own.',
      resolve: async ({ experimentId, position }, _args, context) => (await judgedOf(context, experimentId))!.arms[position]!.measuredDrafts,
    }),
    metrics: t.field({
      complexity: { field: costOfSome, multiplier: 0 },
      type: [VariantMetric],
      description: 'Every metric, with an interval that holds however often it is looked at.',
      resolve: async ({ experimentId, position }, _args, context) => {
        const { experiment, arms } = (await judgedOf(context, experimentId))!
        return experimentMetrics.map((name) => ({ name, ...armMetric(experiment, arms[position]!, name) }))
      },
    }),
  }),
})

const ExperimentGuardrail = builder.objectRef<Guardrail>('ExperimentGuardrail').implement({
  description: 'A metric that must not get worse, whatever the primary one gains.',
  fields: (t) => ({
    name: t.expose('metric', { type: ExperimentMetric, description: 'Which one.' }),
    breached: t.exposeBoolean('breached', { description: 'The second variant is worse, and by more than what does not matter.' }),
    difference: t.float({
      nullable: true,
      description: 'The second variant’s mean less that of the control; null while too little was measured.',
      resolve: ({ comparison }) => comparison?.difference ?? null,
    }),
    low: t.float({
      nullable: true,
      description: 'The lower end of where the true difference lies.',
      resolve: ({ comparison }) => comparison?.low ?? null,
    }),
    high: t.float({ nullable: true, description: 'The upper end.', resolve: ({ comparison }) => comparison?.high ?? null }),
  }),
})

const ExperimentAnalysis = builder.objectRef<Judged>('ExperimentAnalysis').implement({
  description:
    'What the figures say by now. All of it may be looked at as often as one likes: the intervals and p-values are always-valid, and looking every day makes no false winner.',
  fields: (t) => ({
    primaryMetric: t.field({ type: ExperimentMetric, description: 'What decides.', resolve: ({ experiment }) => experiment.primaryMetric }),
    difference: t.float({
      nullable: true,
      description: 'The second variant’s mean less that of the first, the control; null while too little was measured.',
      resolve: ({ analysis }) => analysis.primary?.difference ?? null,
    }),
    low: t.float({
      nullable: true,
      description: 'The lower end of where the true difference lies, with 95% confidence.',
      resolve: ({ analysis }) => analysis.primary?.low ?? null,
    }),
    high: t.float({ nullable: true, description: 'The upper end.', resolve: ({ analysis }) => analysis.primary?.high ?? null }),
    alwaysValidPValue: t.float({
      description: 'Below 0.05 exactly when the interval leaves out zero; 1 while too little was measured.',
      resolve: ({ analysis }) => analysis.primary?.pValue ?? 1,
    }),
    sampleRatioPValue: t.float({
      description: 'How well the numbers of conversations fit the weights; always-valid too.',
      resolve: ({ analysis }) => analysis.sampleRatioPValue,
    }),
    sampleRatioMismatch: t.boolean({
      description: 'It is below 0.001: something keeps drafts of one variant from being shown, and nothing else here can be trusted.',
      resolve: ({ analysis }) => analysis.sampleRatioMismatch,
    }),
    outcome: t.expose('outcome', { type: ExperimentOutcome, description: 'What follows. Once decided it stays, whatever comes later.' }),
    conclusion: t.exposeString('conclusion', { description: 'The same in words, with the figures of the moment at which it was decided.' }),
    moreDraftsNeeded: t.int({
      description:
        'Drafts until it is decided, if it goes on as it did; 0 once it is. It grows when the difference shrinks, and may be more than `maximumDrafts`.',
      resolve: ({ outcome, analysis }) => (outcome === 'UNDECIDED' ? analysis.moreDraftsNeeded : 0),
    }),
    guardrails: t.field({
      type: [ExperimentGuardrail],
      description: 'In the order in which they were given.',
      resolve: ({ analysis }) => analysis.guardrails,
    }),
  }),
})

type Decision = { winnerId: string | null; reason: string | null; promoted: boolean }
const ExperimentDecision = builder.objectRef<Decision>('ExperimentDecision').implement({
  description: 'How an experiment ended.',
  fields: (t) => ({
    winner: t.prismaField({
      type: ExperimentVariant,
      nullable: true,
      description: 'The better variant; null when none was shown to be.',
      resolve: (query, { winnerId }, _args, { database }) =>
        winnerId === null ? null : database.experimentVariant.findUnique({ ...query, where: { id: winnerId } }),
    }),
    reason: t.string({ description: 'Why it was stopped, and what was found, in words.', resolve: ({ reason }) => reason ?? '' }),
    promoted: t.exposeBoolean('promoted', {
      description: 'The winner became the active version by this. False also where it was active before.',
    }),
  }),
})

export const Experiment = builder.prismaNode('Experiment', {
  description: 'Two model versions beside each other on real conversations, each of which stays with one of them.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As people call it; unique.' }),
    status: t.expose('status', { type: ExperimentStatus, description: 'How far it is.' }),
    primaryMetric: t.expose('primaryMetric', { type: ExperimentMetric, description: 'What decides.' }),
    guardrailMetrics: t.expose('guardrails', { type: [ExperimentMetric], description: 'What must not get worse; see the guardrails of `analysis`.' }),
    autoPromote: t.exposeBoolean('autoPromote', {
      description: 'It ends by itself once it is decided, and the winner is promoted. Otherwise it waits for `stopExperiment`.',
    }),
    maximumDrafts: t.exposeInt('maximumDrafts', {
      description: 'What it is planned for: after so many drafts with an outcome it is decided, as NO_DIFFERENCE when nothing was found.',
    }),
    variants: t.relation('variants', {
      complexity: { field: 1, multiplier: 2 },
      description: 'The control, and the one that is tried.',
      query: { orderBy: { position: 'asc' } },
    }),
    analysis: t.field({
      complexity: { field: costOfFigures, multiplier: 1 },
      type: ExperimentAnalysis,
      description: 'What the figures say by now; of a STOPPED one, what they said then.',
      resolve: async ({ id }, _args, context) => (await judgedOf(context, id))!,
    }),
    decision: t.field({
      type: ExperimentDecision,
      nullable: true,
      description: 'Null until it is STOPPED.',
      resolve: (experiment) => (experiment.status === 'STOPPED' ? experiment : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who made it; null when it was a key without an agent.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When its first conversation could come; null for a DRAFT.' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true, description: 'When its outcome was found; null while it is UNDECIDED.' }),
    stoppedAt: t.expose('stoppedAt', { type: 'DateTime', nullable: true, description: 'When conversations went back to the active version.' }),
  }),
})

builder.prismaObjectField(Draft, 'variant', (t) =>
  t.relation('variant', {
    nullable: true,
    authScopes: { staff: true },
    description: 'The arm of an experiment that it was written for; null outside of one.',
  }),
)

builder.prismaObjectField(ModelVersion, 'experiments', (t) =>
  t.prismaConnection({
    type: Experiment,
    cursor: 'id',
    description: 'Those that it was a variant of, newest first.',
    resolve: (query, { id }, _args, { database }) =>
      database.experiment.findMany({ ...query, where: { variants: { some: { modelVersionId: id } } }, orderBy: { id: 'desc' } }),
  }),
)

builder.prismaObjectField('Promotion', 'experiment', (t) =>
  t.relation('experiment', { nullable: true, description: 'The one that it had won; null where it was promoted without.' }),
)

builder.queryField('experiment', (t) =>
  t.prismaField({
    type: Experiment,
    nullable: true,
    description: 'One experiment, with what is known of it by now.',
    authScopes: { staff: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of an Experiment.' }) },
    resolve: (query, _root, { id }, { database }) =>
      database.experiment.findFirst({ ...query, where: { id: localIdOrNull('Experiment', id) ?? 'nobody' } }),
  }),
)

builder.queryField('experiments', (t) =>
  t.prismaConnection({
    type: Experiment,
    cursor: 'id',
    description: 'Newest first.',
    authScopes: { staff: true },
    args: { status: t.arg({ type: [ExperimentStatus], description: 'Only those that are so far; all when left out.' }) },
    resolve: (query, _root, { status }, { database }) =>
      database.experiment.findMany({ ...query, where: status ? { status: { in: status } } : {}, orderBy: { id: 'desc' } }),
  }),
)
