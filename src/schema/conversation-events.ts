import type { Conversation as ConversationRow, Message as MessageRow } from '../generated/prisma/client.ts'
import { type ConversationEvent as Event, followConversation, followInbox } from '../services/conversations/follow-conversations.ts'
import { NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { Draft } from './draft.ts'
import { localIdOrNull } from './global-ids.ts'
import { Message } from './message.ts'

const ConversationEvent = builder.interfaceRef<Event>('ConversationEvent').implement({
  description: 'Something that has just happened. None is kept: after a reconnect, query again.',
  resolveType: ({ type }) => type,
  fields: (t) => ({ at: t.expose('at', { type: 'DateTime' }) }),
})

builder.objectRef<Event & { message: MessageRow }>('MessageAdded').implement({
  description: 'The customer or the team wrote; customers and partners hear of no notes.',
  interfaces: [ConversationEvent],
  fields: (t) => ({ message: t.field({ type: Message, description: 'Whole; a message never changes.', resolve: ({ message }) => message }) }),
})

builder.objectRef<Event & { conversation: ConversationRow }>('ConversationChanged').implement({
  description:
    'It is different now: status, assignee, escalation, rating or a draft of it; in `inboxEvents` also a new message. Several changes at once are one event.',
  interfaces: [ConversationEvent],
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'As it is now, which may be later than the event.',
      resolve: ({ conversation }) => conversation,
    }),
  }),
})

builder.objectRef<Event & { draftId: string }>('DraftQueued').implement({
  description: 'A draft is on its way: follow it with `draftEvents`. Not for customers.',
  interfaces: [ConversationEvent],
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    draft: t.prismaField({
      type: Draft,
      description: 'As it is now, which may be further than QUEUED.',
      resolve: (query, { draftId }, _args, { database }) => database.draft.findUniqueOrThrow({ ...query, where: { id: draftId } }),
    }),
  }),
})

builder.subscriptionField('conversationEvents', (t) =>
  t.field({
    type: ConversationEvent,
    description:
      'What happens in a conversation from now on, for staff, its customer and the partner that opened it. A client that falls 1,000 events behind is ended: subscribe, and query again.',
    authScopes: { anyone: true },
    args: { conversationId: t.arg.id({ required: true }) },
    subscribe: (_root, { conversationId: globalId }, resources) => {
      const conversationId = localIdOrNull('Conversation', globalId)
      if (conversationId === null) throw new NotFoundError('conversation')
      return followConversation(resources, { conversationId, viewer: resources.viewer })
    },
    resolve: (event) => event,
  }),
)

builder.subscriptionField('inboxEvents', (t) =>
  t.field({
    type: ConversationEvent,
    description: 'Every conversation that changes from now on: the agents’ queue, live. A client that falls 1,000 conversations behind is ended.',
    authScopes: { staff: true },
    subscribe: (_root, _args, resources) => followInbox(resources),
    resolve: (event) => event,
  }),
)
