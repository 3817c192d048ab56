import type { TimelineKind } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { ConversationStatus } from './enums.ts'
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

builder.prismaObject('TimelineEntry', { variant: 'ConversationOpenedEntry', interfaces: [TimelineEntry], fields: () => ({}) })
builder.prismaObject('TimelineEntry', {
  variant: 'MessageEntry',
  interfaces: [TimelineEntry],
  fields: (t) => ({ message: t.relation('message', { nullable: true }) }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'DraftEntry',
  interfaces: [TimelineEntry],
  fields: (t) => ({
    draft: t.relation('draft', { nullable: true }),
    skipped: t.string({
      nullable: true,
      description: 'Why AUTO_DRAFT made no draft for the new message, such as QUEUE_FULL; null when there is one.',
      select: { details: true },
      resolve: ({ details }) => (details as { skipped?: string }).skipped ?? null,
    }),
  }),
})
builder.prismaObject('TimelineEntry', {
  variant: 'StatusEntry',
  interfaces: [TimelineEntry],
  fields: (t) => ({ status: t.expose('status', { type: ConversationStatus, nullable: true, description: 'What it became.' }) }),
})
