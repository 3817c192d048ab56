import { requireConversation } from '../services/conversations/read-conversation.ts'
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
    authScopes: { staff: true, partner: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: ResolveConversationInput, required: true }) },
    resolve: async (_root, { input }, resources) => {
      const conversationId = localId('Conversation', input.conversationId)
      await requireConversation(resources, conversationId, resources.viewer)
      return resolveConversation(resources, { conversationId, by: resources.viewer })
    },
  }),
)
