import { checkConversationSupport } from '../services/support/check-conversation-support.ts'
import { builder } from './builder.ts'
import { Support } from './draft.ts'
import { localIdOrNull } from './global-ids.ts'

builder.queryField('checkSupport', (t) =>
  t.field({
    type: Support,
    nullable: true,
    description:
      'What in this text has no support in the evidence for the customer’s newest turn: for text that an agent is typing. It warns, it never blocks.',
    authScopes: { staff: true },
    complexity: { field: 20, multiplier: 1 },
    args: {
      conversationId: t.arg.id({ required: true, description: 'The `id` of a Conversation. The answer is null when there is none.' }),
      text: t.arg.string({ required: true, description: 'What the agent has typed so far, up to 20,000 characters.' }),
    },
    resolve: (_root, { conversationId, text }, resources) =>
      checkConversationSupport(resources, { conversationId: localIdOrNull('Conversation', conversationId), text }),
  }),
)
