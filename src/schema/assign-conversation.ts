import { assignConversation } from '../services/conversations/assign-conversation.ts'
import { ConflictError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { localId } from './global-ids.ts'

const AssignConversationInput = builder.inputType('AssignConversationInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    assigneeId: t.id({
      description: 'An agent; null for nobody. Left out, it is the available agent with the fewest OPEN and PENDING conversations.',
    }),
  }),
})

builder.mutationField('assignConversation', (t) =>
  t.field({
    type: Conversation,
    description: 'To an agent, to nobody, or to whoever has the least to do. A CONFLICT when that is to be chosen and nobody is available.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: AssignConversationInput, required: true }) },
    resolve: (_root, { input: { conversationId, assigneeId } }, resources) =>
      assignConversation(resources, {
        conversationId: localId('Conversation', conversationId),
        assigneeId: assigneeId == null ? assigneeId : localId('Agent', assigneeId),
        by: resources.viewer,
      }),
  }),
)
