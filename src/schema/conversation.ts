import type { Prisma } from '../generated/prisma/client.ts'
import { ownConversations } from '../services/access/own-conversations.ts'
import { isStaff } from '../services/access/viewer.ts'
import { conversationFilter } from '../services/conversations/conversation-filter.ts'
import { readConversation } from '../services/conversations/read-conversation.ts'
import { builder } from './builder.ts'
import { ConversationStatus, EscalationReason } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'
import { Survey } from './survey.ts'

const Escalation = builder.objectRef<{ reasons: (typeof EscalationReason)['$inferType'][]; note: string | null }>('Escalation').implement({
  description: 'A person took over, and why.',
  fields: (t) => ({
    reasons: t.expose('reasons', { description: 'As whoever escalated it gave them.', type: [EscalationReason] }),
    note: t.exposeString('note', { nullable: true, description: 'What the agent wrote for whoever takes over; null when they wrote nothing.' }),
  }),
})

export const Conversation = builder.prismaNode('Conversation', {
  description: 'What a customer and the team write to each other about one thing, and all that was made for it.',
  id: { field: 'id' },
  select: { id: true, customerId: true, partnerId: true },
  authScopes: (conversation) => ({ staff: true, ownConversation: conversation }),
  fields: (t) => ({
    status: t.expose('status', { description: 'Whose turn it is.', type: ConversationStatus }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'A line of up to 300 characters, from whoever opened it; null when they gave none.',
    }),
    channel: t.exposeString('channel', { description: 'Where it came from, such as web or email; api when whoever opened it did not say.' }),
    intent: t.exposeString('intent', {
      nullable: true,
      authScopes: { staff: true },
      description: 'What the customer wants, as the newest draft was routed.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was resolved last; null while it is not RESOLVED.',
    }),
    takenOverAt: t.expose('takenOverAt', {
      type: 'DateTime',
      nullable: true,
      authScopes: { staff: true },
      description:
        'Since when a person answers: escalated, or answered without a draft. AUTO_DRAFT makes no draft while it is set; resolving clears it.',
    }),
    previous: t.relation('previous', {
      nullable: true,
      query: (_args, { viewer }) => ({ where: ownConversations(viewer) }),
      description: 'The resolved one that it goes on from: the customer wrote after the reopen window.',
    }),
    continuations: t.relatedConnection('continuations', {
      cursor: 'id',
      description: 'Oldest first.',
      query: (_args, { viewer }) => ({ where: ownConversations(viewer), orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    }),
    snoozedUntil: t.expose('snoozedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When it comes back by itself; null while it is not SNOOZED.',
      authScopes: { staff: true },
    }),
    customer: t.relation('customer', { description: 'Who wants something. It never changes.' }),
    assignee: t.relation('assignee', {
      nullable: true,
      description: 'The agent who sees to it; null while nobody does.',
      authScopes: { staff: true },
    }),
    lastMessage: t.relation('lastMessage', { nullable: true, description: 'Never a note.' }),
    messages: t.relatedConnection('messages', {
      cursor: 'id',
      description: 'Oldest first. Notes are the team’s, and not among what customers and partners see.',
      query: (_args, { viewer }) => ({ orderBy: { position: 'asc' }, ...(!isStaff(viewer) && { where: { kind: { not: 'NOTE' } } }) }),
    }),
    drafts: t.relatedConnection('drafts', {
      cursor: 'id',
      authScopes: { staff: true, partner: true },
      description: 'Newest first.',
      query: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] },
    }),
    timeline: t.relatedConnection('timeline', {
      description: 'Every change with who made it, oldest first.',
      cursor: 'id',
      authScopes: { staff: true },
      query: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    }),
    escalation: t.field({
      type: Escalation,
      nullable: true,
      description: 'Who asked for a person, and why; null when it never was escalated.',
      authScopes: { staff: true },
      select: { escalatedAt: true, escalationReasons: true, escalationNote: true },
      resolve: ({ escalatedAt, escalationReasons, escalationNote }) => (escalatedAt ? { reasons: escalationReasons, note: escalationNote } : null),
    }),
    survey: t.field({
      type: Survey,
      nullable: true,
      authScopes: { staff: true, partner: true },
      description: 'Of the newest resolution; null before the first.',
      select: () => ({ surveys: { orderBy: { createdAt: 'desc' }, take: 1 } }) as const,
      resolve: ({ surveys }) => surveys[0] ?? null,
    }),
  }),
})

const ConversationFilter = builder.inputType('ConversationFilter', {
  description: 'Conversations to which all that is given applies; what is null or left out narrows nothing.',
  fields: (t) => ({
    status: t.field({ description: 'Any of these.', type: [ConversationStatus] }),
    assigneeId: t.id({ description: 'Staff only.' }),
    unassigned: t.boolean({ description: 'Assigned to nobody, or with false to somebody. Staff only.' }),
    intent: t.string({ description: 'Staff only.' }),
    escalated: t.boolean({ description: 'Was ever escalated. Staff only.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Opened from this moment on.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Opened before this moment.' }),
    search: t.string({ description: 'In the subject and the messages, upper and lower case alike.' }),
  }),
})

const staffFilters = ['assigneeId', 'unassigned', 'intent', 'escalated'] as const

builder.queryField('conversations', (t) =>
  t.prismaConnection({
    type: 'Conversation',
    cursor: 'id',
    description: 'Most recently changed first. Customers see their own, partners those that they opened.',
    authScopes: (_root, { filter }) => (staffFilters.some((name) => filter?.[name] != null) ? { staff: true } : { anyone: true }),
    args: { filter: t.arg({ description: 'All that the caller may see when left out.', type: ConversationFilter }) },
    resolve: (query, _root, { filter }, { database, viewer }) => {
      const assigneeId = filter?.assigneeId == null ? null : (localIdOrNull('Agent', filter.assigneeId) ?? 'nobody')
      const where: Prisma.ConversationWhereInput = conversationFilter({ ...filter, assigneeId }, viewer)
      return database.conversation.findMany({ ...query, where, orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }] })
    },
  }),
)

builder.queryField('conversation', (t) =>
  t.prismaField({
    type: 'Conversation',
    nullable: true,
    description: 'For staff any, for customers their own, for partners those that they opened.',
    authScopes: { anyone: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of a Conversation.' }) },
    resolve: (query, _root, { id }, { database, viewer }) =>
      readConversation({ database }, { conversationId: localIdOrNull('Conversation', id), viewer, query }),
  }),
)
