import { reopenConversation } from '../services/conversations/reopen-conversation.ts'
import { ConflictError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { localId } from './global-ids.ts'

const ReopenConversationInput = builder.inputType('ReopenConversationInput', { fields: (t) => ({ conversationId: t.id({ required: true }) }) })

builder.mutationField('reopenConversation', (t) =>
  t.field({
    type: Conversation,
    description: 'A resolved conversation, however old, or a snoozed one is OPEN again. One that is OPEN or PENDING is a CONFLICT.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: ReopenConversationInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      reopenConversation(resources, { conversationId: localId('Conversation', input.conversationId), by: resources.viewer }),
  }),
)
