import { mapEvents } from '../lib/map-events.ts'
import { articlesFor, citedFor, sourcesFor } from '../services/access/public-articles.ts'
import { failureMessage } from '../services/drafting/failure-message.ts'
import { followDraft } from '../services/drafting/follow-draft.ts'
import { requireDraft } from '../services/drafting/read-draft.ts'
import { readRoutingDetails } from '../services/drafting/routing-details.ts'
import { NotFoundError } from '../services/errors.ts'
import { exposeIfShown } from '../services/experiments/record-exposure.ts'
import type { LoggedEvent } from '../stores/event-log.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { DraftStatus } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'
import { Routing, type RoutingShape } from './routing.ts'

type Event = LoggedEvent & { draftId: string }

const DraftEvent = builder.interfaceRef<Event>('DraftEvent').implement({
  description: 'A step of a draft. The deltas joined are its text; exactly one of DraftCompleted, DraftFailed and DraftCancelled ends it.',
  resolveType: ({ type }) => type,
  // draftEvents knows whose draft it is.
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: '+1 from 1; a snapshot’s is that of the last event it holds.' }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
})

const DraftCompletedUsage = builder.objectRef<{ promptTokens: number | null; completionTokens: number | null }>('GeneratorUsage').implement({
  description: 'As the model counted; null when it does not say.',
  fields: (t) => ({
    promptTokens: t.exposeInt('promptTokens', { nullable: true, description: 'What it read.' }),
    completionTokens: t.exposeInt('completionTokens', { nullable: true, description: 'What it wrote.' }),
  }),
})

const readRouting = ({ data }: Event): RoutingShape => ({ ...(data.routing as unknown as RoutingShape), ...readRoutingDetails(data.routing) })

const eventType = (name: string) => builder.objectRef<Event>(name)

eventType('DraftRouted').implement({
  description: 'The router has read the turn. Comes before DraftStarted, before or after DraftSourcesFound.',
  interfaces: [DraftEvent],
  fields: (t) => ({ routing: t.field({ type: Routing, description: 'What it is about, and how sure the router is.', resolve: readRouting }) }),
})

interface FoundSourceShape {
  index: number
  heading: string
  quote: string
  score: number
  articleId: string
}

const FoundSource = builder.objectRef<FoundSourceShape>('FoundSource').implement({
  description: 'A passage that may bear on the question. What of it the generator is given, DraftStarted says.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'From 1, best first; the same as that of the citation which it becomes.' }),
    heading: t.exposeString('heading', { description: 'Title and section that it was taken from.' }),
    quote: t.exposeString('quote', { description: 'The sentence that fits the question best, word for word.' }),
    score: t.exposeFloat('score', { description: 'How well it fits the question, 0 to 1.' }),
    article: t.prismaField({
      type: 'Article',
      nullable: true,
      description: 'Null when it was deleted since.',
      resolve: (query, { articleId }, _args, { database, viewer }) =>
        database.article.findFirst({ ...query, where: { id: articleId, ...articlesFor(viewer) } }),
    }),
  }),
})

eventType('DraftSourcesFound').implement({
  description: 'The knowledge base was searched. Comes before DraftStarted, before or after DraftRouted.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    sources: t.field({
      type: [FoundSource],
      description: 'Best first. Partners see those of PUBLIC articles only.',
      resolve: ({ data }, _args, { database, viewer }) =>
        sourcesFor({ database }, { sources: data.sources as unknown as FoundSourceShape[], viewer }),
    }),
    sufficient: t.boolean({ description: 'Whether the evidence is enough for an answer.', resolve: ({ data }) => data.sufficient as boolean }),
    widened: t.boolean({
      description: 'The first search was not enough, and a wider one was made.',
      resolve: ({ data }) => data.widened as boolean,
    }),
  }),
})

eventType('DraftStarted').implement({
  description: 'Routed and retrieved; the generator is asked now.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    model: t.string({
      description: 'The name of the model that is asked, or extractive.',
      authScopes: { staff: true },
      resolve: ({ data }) => data.model as string,
    }),
    routing: t.field({ type: Routing, description: 'The same as in DraftRouted.', resolve: readRouting }),
    citations: t.prismaField({
      type: ['Citation'],
      description: 'The sources offered to the generator, best first.',
      resolve: (query, { draftId }, _args, { database, viewer }) =>
        database.citation.findMany({ ...query, where: { draftId, ...citedFor(viewer) }, orderBy: { index: 'asc' } }),
    }),
  }),
})

eventType('DraftSnapshot').implement({
  description: 'The text so far, for a client that is far behind.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    text: t.string({ description: 'All of it up to `seq`: it takes the place of what the client has.', resolve: ({ data }) => data.text as string }),
    status: t.field({
      type: DraftStatus,
      description: 'That of the draft at `seq`.',
      resolve: ({ data }) => data.status as (typeof DraftStatus)['$inferType'],
    }),
  }),
})

eventType('DraftDelta').implement({
  description: 'Text to append.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    offset: t.int({ description: 'Where it goes, in UTF-16 code units.', resolve: ({ data }) => data.offset as number }),
    text: t.string({ description: 'What comes behind `offset`. Never empty.', resolve: ({ data }) => data.text as string }),
  }),
})

eventType('DraftCompleted').implement({
  description: 'The draft is READY.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    draft: t.prismaField({
      type: Draft,
      description: 'With its text, citations and support; it may have been sent already.',
      resolve: (query, { draftId }, _args, { database }) => database.draft.findUniqueOrThrow({ ...query, where: { id: draftId } }),
    }),
    usage: t.field({
      type: DraftCompletedUsage,
      description: 'How many tokens it took.',
      resolve: ({ data }) => data.usage as unknown as { promptTokens: number | null; completionTokens: number | null },
    }),
  }),
})

eventType('DraftFailed').implement({
  description: 'The draft is FAILED; the text so far is kept.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    code: t.string({ description: 'For programs, such as GENERATOR_UNAVAILABLE. New ones may come.', resolve: ({ data }) => data.code as string }),
    message: t.string({
      description: 'What happened and what to do next, for people.',
      resolve: ({ data }, _args, { viewer }) => failureMessage(viewer, { message: data.message as string, retryable: data.retryable as boolean }),
    }),
    retryable: t.boolean({ description: 'Asking for a new draft may work.', resolve: ({ data }) => data.retryable as boolean }),
    draft: t.prismaField({
      type: Draft,
      description: 'With the text so far.',
      resolve: (query, { draftId }, _args, { database }) => database.draft.findUniqueOrThrow({ ...query, where: { id: draftId } }),
    }),
  }),
})

eventType('DraftCancelled').implement({
  description: 'The draft was cancelled, superseded or rejected; its status says which.',
  interfaces: [DraftEvent],
  fields: (t) => ({
    draft: t.prismaField({
      type: Draft,
      description: 'With the text so far.',
      resolve: (query, { draftId }, _args, { database }) => database.draft.findUniqueOrThrow({ ...query, where: { id: draftId } }),
    }),
  }),
})

builder.subscriptionField('draftEvents', (t) =>
  t.field({
    type: DraftEvent,
    description: 'Everything of a draft after `afterSeq`, then live, up to its one terminal event. Closing it stops nothing.',
    authScopes: { staff: true, partner: true },
    args: {
      draftId: t.arg.id({ required: true }),
      afterSeq: t.arg.int({
        description: 'The `seq` of the last event that the client has, or the draft’s `lastSeq`; 0 for all of them.',
        defaultValue: 0,
      }),
    },
    subscribe: async (_root, { draftId: globalId, afterSeq }, resources) => {
      const draftId = localIdOrNull('Draft', globalId)
      if (draftId === null) throw new NotFoundError('draft')
      await requireDraft(resources, draftId, resources.viewer)
      const events = await followDraft(resources, { draftId, afterSeq: afterSeq ?? 0 })
      return mapEvents(events, async (event): Promise<Event> => {
        await exposeIfShown(resources, { draftId, event, viewer: resources.viewer })
        return { ...event, draftId }
      })
    },
    resolve: (event) => event,
  }),
)
