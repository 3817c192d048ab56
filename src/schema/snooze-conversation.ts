import { snoozeConversation } from '../services/conversations/snooze-conversation.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { localId } from './global-ids.ts'

const SnoozeConversationInput = builder.inputType('SnoozeConversationInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    until: t.field({ type: 'DateTime', required: true, description: 'Later than now, and at most a year ahead.' }),
  }),
})

builder.mutationField('snoozeConversation', (t) =>
  t.field({
    type: Conversation,
    description: 'Out of the way until a time; it is OPEN again then, or as soon as the customer writes. A resolved one is a CONFLICT.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: SnoozeConversationInput, required: true }) },
    resolve: (_root, { input: { conversationId, until } }, resources) =>
      snoozeConversation(resources, { conversationId: localId('Conversation', conversationId), until, by: resources.viewer }),
  }),
)
