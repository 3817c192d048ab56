import { escalateConversation } from '../services/conversations/escalate-conversation.ts'
import { requireConversation } from '../services/conversations/read-conversation.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Conversation } from './conversation.ts'
import { EscalationReason } from './enums.ts'
import { localId } from './global-ids.ts'

const EscalateConversationInput = builder.inputType('EscalateConversationInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    reasons: t.field({ type: [EscalationReason], required: true, description: 'At least one.' }),
    note: t.string({ description: 'For the team only; up to 5,000 characters.' }),
  }),
})

builder.mutationField('escalateConversation', (t) =>
  t.field({
    type: Conversation,
    description:
      'A person takes over. Automatic drafts in flight are cancelled and no more are made until it is resolved; draftReply still works. A resolved one is a CONFLICT.',
    authScopes: { staff: true, partner: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: EscalateConversationInput, required: true }) },
    resolve: async (_root, { input }, resources) => {
      const conversationId = localId('Conversation', input.conversationId)
      await requireConversation(resources, conversationId, resources.viewer)
      return escalateConversation(resources, { ...input, conversationId, by: resources.viewer })
    },
  }),
)
