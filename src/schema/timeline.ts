import type { TimelineKind } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { ConversationStatus, DraftStatus, EscalationReason } from './enums.ts'
import { Actor } from './people.ts'

const typeOf: Record<TimelineKind, string> = {
  OPENED: 'ConversationOpenedEntry',
  MESSAGE: 'MessageEntry',
  DRAFT: 'DraftEntry',
  STATUS: 'StatusEntry',
  ASSIGNMENT: 'AssignmentEntry',
  ESCALATION: 'EscalationEntry',
  RATING: 'RatingEntry',
}

export const TimelineEntry = builder.prismaInterface('TimelineEntry', {
  description: 'One change of a conversation, oldest first.',
  select: { id: true, kind: true },
  resolveType: ({ kind }) => typeOf[kind],
  authScopes: { staff: true },
  fields: (t) => ({
    id: t.globalID({ resolve: ({ id, kind }) => ({ type: typeOf[kind], id }) }),
    at: t.expose('at', { type: 'DateTime' }),
    actor: t.field({
      type: Actor,
      nullable: true,
      description: 'Null when the system did it.',
      select: { customer: true, agent: true },
      resolve: ({ customer, agent }) => customer ?? agent,
    }),
  }),
})

builder.prismaObject('TimelineEntry', {
  variant: 'ConversationOpenedEntry',
  description: 'The first of every conversation.',
  interfaces: [TimelineEntry],
  fields: () => ({}),
})
builder.prismaObject('TimelineEntry', {
  variant: 'MessageEntry',
  description: 'Somebody wrote a message or a note.',
  interfaces: [TimelineEntry],
  fields: (t) => ({ message: t.relation('message', { nullable: true, description: 'What was written, whole.' }) }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'DraftEntry',
  description: 'A draft was asked for.',
  interfaces: [TimelineEntry],
  fields: (t) => ({
    draft: t.relation('draft', { nullable: true, description: 'Null when none was made: `skipped` says why.' }),
    skipped: t.string({
      nullable: true,
      description:
        'Why AUTO_DRAFT made no draft for the new message, such as QUEUE_FULL, or NO_TOKENS when the partner through whom it came has used up its `llmTokensPerDay`; null when there is one.',
      select: { details: true },
      resolve: ({ details }) => (details as { skipped?: string }).skipped ?? null,
    }),
    draftStatus: t.field({
      type: DraftStatus,
      nullable: true,
      description: 'What it became; null when none was made.',
      select: { details: true, draftId: true },
      resolve: ({ details, draftId }) =>
        (details as { draftStatus?: (typeof DraftStatus)['$inferType'] }).draftStatus ?? (draftId === null ? null : 'QUEUED'),
    }),
  }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'StatusEntry',
  description: 'It got another status.',
  interfaces: [TimelineEntry],
  fields: (t) => ({
    status: t.expose('status', { type: ConversationStatus, nullable: true, description: 'What it became.' }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when it was SNOOZED.',
      select: { details: true },
      resolve: ({ details }) => {
        const { until } = details as { until?: string }
        return until === undefined ? null : new Date(until)
      },
    }),
  }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'AssignmentEntry',
  description: 'It was assigned to somebody, or to nobody any more.',
  interfaces: [TimelineEntry],
  fields: (t) => ({ assignee: t.relation('assignee', { nullable: true, description: 'Null: nobody any more.' }) }),
})

interface EscalationDetails {
  reasons: (typeof EscalationReason)['$inferType'][]
  note: string | null
}
const escalationOf = ({ details }: { details: unknown }) => details as EscalationDetails
builder.prismaObject('TimelineEntry', {
  variant: 'EscalationEntry',
  description: 'Somebody asked for a person.',
  interfaces: [TimelineEntry],
  fields: (t) => ({
    reasons: t.field({
      type: [EscalationReason],
      description: 'As they were given.',
      select: { details: true },
      resolve: (entry) => escalationOf(entry).reasons,
    }),
    note: t.string({
      nullable: true,
      description: 'For whoever takes over; null when nothing was written.',
      select: { details: true },
      resolve: (entry) => escalationOf(entry).note,
    }),
  }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'RatingEntry',
  description: 'The customer answered a survey.',
  interfaces: [TimelineEntry],
  fields: (t) => ({
    score: t.int({ description: '1 to 5.', select: { details: true }, resolve: ({ details }) => (details as { score: number }).score }),
  }),
})
