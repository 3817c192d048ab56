import { prismaConnectionHelpers } from '@pothos/plugin-prisma'
import { fewShotPolicy, type VersionParameters } from '../services/models/active-model-version.ts'
import { metricsOf, type VersionMetrics } from '../services/models/version-metrics.ts'
import type { FewShotPolicy } from '../services/training/nearest-replies.ts'
import { builder } from './builder.ts'
import { ModelVersionKind, ModelVersionStatus, PromotionReason } from './enums.ts'
import { Agent } from './people.ts'
import { TrainingExample } from './training-example.ts'

const ModelParameters = builder.objectRef<VersionParameters>('ModelParameters').implement({
  description: 'How the model is asked. Null: as the configuration says, or for `topP` as the model does.',
  fields: (t) => ({
    temperature: t.float({
      nullable: true,
      description: 'How freely it chooses words: 0 always the likeliest.',
      resolve: ({ temperature }) => temperature ?? null,
    }),
    topP: t.float({
      nullable: true,
      description: 'It chooses among the likeliest words that make up this share.',
      resolve: ({ topP }) => topP ?? null,
    }),
    contextTokens: t.int({
      nullable: true,
      description: 'Prompt and answer together, in tokens.',
      resolve: ({ contextTokens }) => contextTokens ?? null,
    }),
    maximumTokens: t.int({ nullable: true, description: 'The longest answer, in tokens.', resolve: ({ maximumTokens }) => maximumTokens ?? null }),
  }),
})

export const FewShotStrategy = builder.enumType('FewShotStrategy', {
  description: 'Which approved replies a prompt shows.',
  values: {
    NONE: { description: 'No reply at all.' },
    FIXED: { description: 'The best ones, whatever is asked.' },
    NEAREST: { description: 'Those to the most similar questions, and none where no question is similar.' },
  } as const,
})

const FewShot = builder.objectRef<FewShotPolicy>('FewShot').implement({
  description: 'How many approved replies its prompts show, and which.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'At most so many; from 0 to 5.' }),
    strategy: t.expose('strategy', { type: FewShotStrategy, description: 'How they are chosen.' }),
  }),
})

export const ModelMetrics = builder.objectRef<VersionMetrics>('ModelMetrics').implement({
  description: 'Means over the held-out conversations of its latest evaluation. Null where nothing could be measured.',
  fields: (t) => ({
    editRatio: t.exposeFloat('editRatio', { nullable: true, description: '0 when drafts are what agents wrote, 1 when nothing of them is.' }),
    semanticSimilarity: t.exposeFloat('semanticSimilarity', { nullable: true, description: 'Cosine of drafts and what agents wrote.' }),
    bleu: t.exposeFloat('bleu', { nullable: true, description: 'Corpus BLEU of drafts against what agents wrote, from 0 to 100.' }),
    support: t.exposeFloat('support', { nullable: true, description: 'Share of the sentences of drafts that the articles support.' }),
  }),
})

type Probe = { name: string; passed: boolean; detail: string }
const ModelProbe = builder.objectRef<Probe>('ModelProbe').implement({
  description: 'Something that was tried with a model before it could be promoted.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'ANSWERS, SYSTEM_PROMPT, MESSAGES, EFFECT or TEMPLATE. New ones may come.' }),
    passed: t.exposeBoolean('passed', { description: 'It went as it must.' }),
    detail: t.exposeString('detail', { description: 'What was seen, for people.' }),
  }),
})

builder.prismaObject('Promotion', {
  description: 'The moment at which a version became the active one.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When drafts began to be written with it.' }),
    reason: t.expose('reason', { type: PromotionReason, description: 'Why.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'In words with the figures, where the server decided; null where a person did.',
    }),
    replaced: t.relation('replaced', { nullable: true, description: 'The version that was active until then; null for the first.' }),
    by: t.relation('by', { type: Agent, nullable: true, description: 'Who asked for it; null when it was the server, or a key without an agent.' }),
  }),
})

// By way of the table between them, in the statement of their list.
const cursor = 'modelVersionId_trainingExampleId' as const
/** Where nothing of them is asked for Prisma would be handed an empty selection, which it refuses. Pothos adds what is asked for. */
const notNothing = { select: { id: true } } as object
const madeOf = prismaConnectionHelpers(builder, 'ModelVersionExample', {
  cursor,
  select: (nested) => ({ trainingExample: nested(notNothing) }),
  resolveNode: ({ trainingExample }) => trainingExample,
})
const made = prismaConnectionHelpers(builder, 'ModelVersionExample', {
  cursor,
  select: (nested) => ({ modelVersion: nested(notNothing) }),
  resolveNode: ({ modelVersion }) => modelVersion,
})

/** What drafts are written with. */
export const ModelVersion = builder.prismaNode('ModelVersion', {
  description:
    'What drafts are written with: a model, instructions, parameters and few-shot policy. It never changes once it is made; a change is a new version.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As people call it; unique.' }),
    kind: t.expose('kind', { type: ModelVersionKind, description: 'What it changes.' }),
    status: t.expose('status', { type: ModelVersionStatus, description: 'Where it stands.' }),
    baseModel: t.exposeString('baseModel', { nullable: true, description: 'The model that it was made from; null: the configured one.' }),
    generatorModel: t.exposeString('generatorModel', {
      nullable: true,
      description:
        'The model that is asked, as its server knows it; null: the configured one. The extractive writer has none, whichever version is active.',
    }),
    systemPrompt: t.exposeString('systemPrompt', {
      nullable: true,
      description: 'What it is told beyond the built-in instructions; null for nothing.',
    }),
    parameters: t.field({
      type: ModelParameters,
      description: 'How its model is asked.',
      resolve: ({ parameters }) => parameters as VersionParameters,
    }),
    fewShot: t.field({ type: FewShot, description: 'Which approved replies its prompts show.', resolve: (version) => fewShotPolicy(version) }),
    parent: t.relation('parent', { nullable: true, description: 'The version that it was made from; null for the first.' }),
    datasetSha256: t.exposeString('datasetSha256', { nullable: true, description: 'Of the file that it was trained on; null where there was none.' }),
    erasedExamples: t.exposeInt('erasedExamples', {
      description: 'Of what it was made of, how many examples were erased since: its model has seen them.',
    }),
    metrics: t.field({
      type: ModelMetrics,
      nullable: true,
      description: 'Of its latest evaluation; null until there is one.',
      resolve: ({ metrics }) => metricsOf(metrics),
    }),
    modelfile: t.exposeString('modelfile', { nullable: true, description: 'What its model was made from, in Ollama’s format; null for a PROMPT.' }),
    probes: t.field({
      type: [ModelProbe],
      description: 'What was tried before it could be promoted; at most 10.',
      resolve: ({ probes }) => probes as unknown as Probe[],
    }),
    failureMessage: t.exposeString('failureMessage', { nullable: true, description: 'Why it FAILED, and what to do; null for the others.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who made it; null when it was the server, or a key without an agent.' }),
    promotions: t.relatedConnection('promotions', {
      cursor: 'id',
      description: 'When it became the active one, newest first.',
      query: { orderBy: { id: 'desc' } },
    }),
    drafts: t.relatedConnection('drafts', {
      cursor: 'id',
      description: 'What was written with it, newest first.',
      query: { orderBy: { id: 'desc' } },
    }),
    trainingExamples: t.connection({
      type: TrainingExample,
      description: 'What it was made of, oldest first; those that were erased since are missing.',
      select: (args, context, nested) => ({
        examples: { ...madeOf.getQuery(args, context, nested), orderBy: { trainingExampleId: 'asc' as const } },
      }),
      resolve: ({ examples }, args, context) => madeOf.resolve(examples, args, context),
    }),
  }),
})

builder.prismaObjectField(TrainingExample, 'modelVersions', (t) =>
  t.connection({
    type: ModelVersion,
    description: 'The custom and fine-tuned versions that were made of it, newest first.',
    select: (args, context, nested) => ({ modelVersions: { ...made.getQuery(args, context, nested), orderBy: { modelVersionId: 'desc' as const } } }),
    resolve: ({ modelVersions }, args, context) => made.resolve(modelVersions, args, context),
  }),
)

builder.queryField('modelVersions', (t) =>
  t.prismaConnection({
    type: ModelVersion,
    cursor: 'id',
    description: 'Newest first.',
    authScopes: { staff: true },
    args: { status: t.arg({ type: [ModelVersionStatus], description: 'Only those that stand so; all when left out.' }) },
    resolve: (query, _root, { status }, { database }) =>
      database.modelVersion.findMany({ ...query, where: status ? { status: { in: status } } : {}, orderBy: { id: 'desc' } }),
  }),
)

builder.queryField('activeModelVersion', (t) =>
  t.prismaField({
    type: ModelVersion,
    description: 'What drafts are written with now, unless an experiment says otherwise.',
    authScopes: { staff: true },
    resolve: (query, _root, _args, { database }) => database.modelVersion.findFirstOrThrow({ ...query, where: { status: 'ACTIVE' } }),
  }),
)
