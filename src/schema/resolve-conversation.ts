import { resolveConversation } from '../services/conversations/resolve-conversation.ts'
import { NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { localId } from './global-ids.ts'

const ResolveConversationInput = builder.inputType('ResolveConversationInput', { fields: (t) => ({ conversationId: t.id({ required: true }) }) })

builder.mutationField('resolveConversation', (t) =>
  t.field({
    type: Conversation,
    description: 'Done, with a survey for the customer. A second click changes nothing.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: ResolveConversationInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      resolveConversation(resources, { conversationId: localId('Conversation', input.conversationId), by: resources.viewer }),
  }),
)
