import type { Prisma } from '../generated/prisma/client.ts'
import { citedFor } from '../services/access/public-articles.ts'
import { isStaff } from '../services/access/viewer.ts'
import { failureMessage } from '../services/drafting/failure-message.ts'
import { queuePositions } from '../services/drafting/queue-positions.ts'
import { readDraft } from '../services/drafting/read-draft.ts'
import { readRoutingDetails } from '../services/drafting/routing-details.ts'
import type { HandOver } from '../services/escalation/compose-hand-over.ts'
import { isExposed, recordExposureQuietly } from '../services/experiments/record-exposure.ts'
import { type KnowledgeStep, queriesAsWritten } from '../services/retrieval/knowledge-steps.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'
import { DraftStatus, EscalationReason, GeneratorKind, Tone } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'
import { Routing } from './routing.ts'
import { TrainingExample } from './training-example.ts'

const Span = builder.objectRef<{ start: number; end: number }>('TextSpan').implement({
  description: 'A passage, in UTF-16 code units.',
  fields: (t) => ({
    start: t.exposeInt('start', { description: 'The first unit of it, from 0.' }),
    end: t.exposeInt('end', { description: 'The first unit after it.' }),
  }),
})

export const Citation = builder.prismaObject('Citation', {
  description: 'A source of a draft. All that were offered to the generator are listed; `used` says which the text rests on.',
  // Reached through a draft, which knows whose it is, and which leaves out what a partner may not see.
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'From 1, best first.' }),
    quote: t.exposeString('quote', { description: 'The passage of the article that supports the draft best, word for word.' }),
    used: t.exposeBoolean('used', { description: 'The text of the draft rests on it: `spans` says where.' }),
    score: t.exposeFloat('score', { description: 'How well it fits the question, 0 to 1.' }),
    spans: t.field({
      type: [Span],
      description: 'The passages of the draft that it supports.',
      resolve: ({ spans }) => spans as unknown as { start: number; end: number }[],
    }),
    heading: t.exposeString('chunkHeading', { description: 'Title and section that it was taken from.' }),
    article: t.relation('article', { nullable: true, description: 'Null when it was deleted since.' }),
    articleVersion: t.exposeInt('articleVersion', { description: 'The version that was quoted.' }),
  }),
})

const Retrieval = builder
  .objectRef<{ queries: string[]; steps: unknown; degraded: boolean; sufficient: boolean | null; widened: boolean }>('DraftRetrieval')
  .implement({
    description: 'How the sources were found.',
    fields: (t) => ({
      queries: t.stringList({
        description: 'What was searched for. To partners without what was mended of it: words of staff articles may have been put in.',
        resolve: ({ queries, steps }, _args, { viewer }) => (isStaff(viewer) ? queries : queriesAsWritten(steps as unknown as KnowledgeStep[])),
      }),
      degraded: t.exposeBoolean('degraded', { description: 'A part of the search was away, and the rest answered.' }),
      sufficient: t.exposeBoolean('sufficient', {
        nullable: true,
        description: 'Whether the evidence is enough for an answer; null until it was searched.',
      }),
      widened: t.exposeBoolean('widened', { description: 'The first search was not enough, and a wider one was made.' }),
    }),
  })

export const UnsupportedSentence = builder.objectRef<{ text: string; reason: string }>('UnsupportedSentence').implement({
  description: 'A passage that the evidence does not bear out.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'As it stands in the text, shortened when it is long.' }),
    reason: t.exposeString('reason', { description: 'What is wrong with it, for people: which number, date or claim no source has.' }),
  }),
})

export const Support = builder.objectRef<{ score: number; unsupported: { text: string; reason: string }[] }>('Support').implement({
  description: 'How far the evidence bears out a text. It warns, it never blocks.',
  fields: (t) => ({
    score: t.exposeFloat('score', { description: '0 to 1.' }),
    unsupported: t.expose('unsupported', {
      description: 'What to look at before it is sent, in the order of the text. Empty when `score` is 1.',
      type: [UnsupportedSentence],
    }),
  }),
})

const DraftHandOver = builder.objectRef<HandOver>('DraftHandOver').implement({
  description: 'What whoever takes over needs to know. It quotes the customer; private notes are never in it.',
  fields: (t) => ({
    problem: t.exposeString('problem', { description: 'What it is about, in the customer’s words.' }),
    tried: t.exposeString('tried', { description: 'What was answered so far, and what the articles had.' }),
    open: t.exposeString('open', { description: 'What the customer still waits for.' }),
    next: t.exposeString('next', { description: 'What to do now.' }),
    origin: t.expose('origin', {
      type: GeneratorKind,
      description:
        'EXTRACTIVE: quoted from the conversation. Otherwise the model that put it into its own words, soon after the draft was READY; `next` is never a model’s.',
    }),
  }),
})

type EscalationRow = Pick<Prisma.DraftGetPayload<object>, 'escalationRecommended' | 'escalationReasons' | 'escalationSummary' | 'handOver'>
const DraftEscalation = builder.objectRef<EscalationRow>('DraftEscalation').implement({
  description:
    'Whether a person should take over: fields to act on, never words hidden in the draft’s text. A recommendation; the agent decides. Nothing is recommended for a conversation that a person has taken over.',
  fields: (t) => ({
    recommended: t.exposeBoolean('escalationRecommended', { description: 'An agent should look at it before any draft is sent.' }),
    reasons: t.expose('escalationReasons', {
      type: [EscalationReason],
      description: 'The most important first. Without a recommendation, what was noticed and was not enough for one.',
    }),
    summary: t.exposeString('escalationSummary', {
      nullable: true,
      authScopes: { staff: true },
      description: 'The hand-over as one text of four lines, for whoever takes over; null unless it is recommended.',
    }),
    handOver: t.field({
      type: DraftHandOver,
      nullable: true,
      authScopes: { staff: true },
      description: 'The same in parts; null unless it is recommended.',
      resolve: ({ handOver }) => handOver as unknown as HandOver | null,
    }),
  }),
})

type Timings = Pick<Prisma.DraftGetPayload<object>, 'routeMs' | 'retrieveMs' | 'firstTokenMs' | 'totalMs'>
const DraftTimings = builder.objectRef<Timings>('DraftTimings').implement({
  description: 'In milliseconds; null for what has not happened.',
  fields: (t) => ({
    routeMs: t.exposeFloat('routeMs', { nullable: true, description: 'Finding the intent.' }),
    retrieveMs: t.exposeFloat('retrieveMs', { nullable: true, description: 'Searching the articles and judging what was found.' }),
    firstTokenMs: t.exposeFloat('firstTokenMs', { nullable: true, description: 'From asking the generator to its first text.' }),
    totalMs: t.exposeFloat('totalMs', { nullable: true, description: 'From draftReply to the end, waiting included.' }),
  }),
})

type Usage = Pick<Prisma.DraftGetPayload<object>, 'estimatedPromptTokens' | 'promptTokens' | 'completionTokens'>
const DraftUsage = builder.objectRef<Usage>('DraftUsage').implement({
  description: 'In tokens; null for what was not counted.',
  fields: (t) => ({
    estimatedPromptTokens: t.exposeInt('estimatedPromptTokens', {
      nullable: true,
      description: 'Our own count of the prompt, rather too high than too low. Null until it was built.',
    }),
    promptTokens: t.exposeInt('promptTokens', { nullable: true, description: 'As the model counted what it read of the prompt.' }),
    completionTokens: t.exposeInt('completionTokens', { nullable: true, description: 'As the model counted its answer.' }),
  }),
})

const positionOf = batchInRequest(queuePositions)
const shown = batchInRequest(async (context, ids: string[]) => {
  await recordExposureQuietly(context, ids)
  return new Map<string, void>()
})
const exampleOf = batchInRequest(async ({ database }, ids: string[]) => {
  const examples = await database.trainingExample.findMany({ where: { id: { in: ids } } })
  return new Map(examples.map((example) => [example.id, example]))
})

export const Draft = builder.prismaNode('Draft', {
  description: 'A proposed reply. Nothing reaches the customer until an agent sends it.',
  id: { field: 'id' },
  authScopes: ({ conversationId }) => ({ staff: true, partnerConversation: conversationId }),
  fields: (t) => ({
    status: t.expose('status', { description: 'How far it is. Only a READY one can be sent.', type: DraftStatus }),
    text: t.string({
      description: 'Exactly what would be sent: a model’s source marks are taken out, `citations` carry them.',
      resolve: (draft, _args, context) => (isExposed(context.viewer, draft) ? shown(context, draft.id).then(() => draft.text) : draft.text),
    }),
    lastSeq: t.exposeInt('lastSeq', { description: 'Subscribe with it as `afterSeq` after loading a page.' }),
    instruction: t.exposeString('instruction', {
      nullable: true,
      description: 'What the agent asked for in `draftReply`; null when they asked for nothing.',
      authScopes: { staff: true },
    }),
    tone: t.expose('tone', { type: Tone, nullable: true, description: 'What the agent asked for in `draftReply`; null when they asked for none.' }),
    origin: t.expose('origin', { type: GeneratorKind, nullable: true, description: 'Which generator wrote it; null until it is READY.' }),
    generatorModel: t.exposeString('generatorModel', {
      nullable: true,
      description: 'The name of the model, as its generator calls it, or extractive; null until it is READY.',
      authScopes: { staff: true },
    }),
    fewShotExamples: t.field({
      type: [TrainingExample],
      description:
        'Approved replies that its prompt showed, or that the extractive writer looked at; at most 5. Those that were erased since are missing.',
      authScopes: { staff: true },
      select: { fewShotExampleIds: true },
      resolve: async ({ fewShotExampleIds }, _args, context) => {
        const examples = await Promise.all(fewShotExampleIds.map((id) => exampleOf(context, id)))
        return examples.filter((example) => example !== undefined)
      },
    }),
    modelVersion: t.relation('modelVersion', {
      nullable: true,
      description: 'The version that it was written with; null without one.',
      authScopes: { staff: true },
    }),
    fallbackFrom: t.expose('fallbackFrom', {
      type: GeneratorKind,
      nullable: true,
      authScopes: { staff: true },
      description: 'The generator that failed before this one wrote the draft.',
    }),
    fallbackReason: t.exposeString('fallbackReason', { nullable: true, authScopes: { staff: true }, description: 'Why that one failed.' }),
    queuePosition: t.int({
      nullable: true,
      description: 'From 1, while it is QUEUED.',
      resolve: async ({ id, status }, _args, context) => (status === 'QUEUED' ? ((await positionOf(context, id)) ?? null) : null),
    }),
    routing: t.field({
      type: Routing,
      nullable: true,
      description: 'Null until it was routed.',
      resolve: ({ intent, confidence, margin, outOfScope, routingDetails }) =>
        confidence === null
          ? null
          : { intent, confidence, margin: margin ?? 0, outOfScope: outOfScope ?? false, ...readRoutingDetails(routingDetails) },
    }),
    retrieval: t.field({ type: Retrieval, description: 'What was searched for, and whether it was enough.', resolve: (draft) => draft }),
    citations: t.relation('citations', {
      description: 'Best first, and numbered from 1. Partners see those of PUBLIC articles only, so that numbers may be missing.',
      query: (_args, { viewer }) => ({ where: citedFor(viewer), orderBy: { index: 'asc' } }),
    }),
    support: t.field({
      type: Support,
      nullable: true,
      description: 'Null until it is READY.',
      resolve: ({ supportScore, unsupported }) =>
        supportScore === null ? null : { score: supportScore, unsupported: unsupported as { text: string; reason: string }[] },
    }),
    escalation: t.field({ type: DraftEscalation, description: 'Whether a person should answer instead.', resolve: (draft) => draft }),
    contextTruncated: t.exposeBoolean('contextTruncated', {
      description: 'Something did not fit into the model’s context window: it was left out here, or the model’s own count says that it lost some.',
    }),
    usage: t.field({ type: DraftUsage, description: 'How many tokens it took.', resolve: (draft) => draft }),
    timings: t.field({ type: DraftTimings, description: 'How long each part took.', resolve: (draft) => draft }),
    failure: t.field({
      type: DraftFailure(),
      nullable: true,
      description: 'Why it is FAILED.',
      resolve: (draft) => (draft.failureCode ? draft : null),
    }),
    conversation: t.relation('conversation', { description: 'The one that it answers.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came to its end, whichever that was; null while it is QUEUED or STREAMING.',
    }),
  }),
})

function DraftFailure() {
  return builder.objectRef<{ failureCode: string | null; failureMessage: string | null; retryable: boolean }>('DraftFailure').implement({
    description: 'Why a draft has no text, or only a part of it.',
    fields: (t) => ({
      code: t.string({
        description: 'For programs, such as GENERATOR_UNAVAILABLE. New ones may come.',
        resolve: ({ failureCode }) => failureCode ?? 'UNKNOWN',
      }),
      message: t.string({
        description: 'What happened and what to do next, for people.',
        resolve: ({ failureMessage: message, retryable }, _args, { viewer }) => failureMessage(viewer, { message: message ?? '', retryable }),
      }),
      retryable: t.exposeBoolean('retryable', { description: 'The same again may work: call `draftReply` once more.' }),
    }),
  })
}

builder.queryField('draft', (t) =>
  t.prismaField({
    type: 'Draft',
    nullable: true,
    description: 'For staff any, for partners those of conversations that they opened.',
    authScopes: { staff: true, partner: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of a Draft.' }) },
    resolve: (query, _root, { id }, { database, viewer }) => readDraft({ database }, { draftId: localIdOrNull('Draft', id), viewer, query }),
  }),
)
