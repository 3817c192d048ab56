import { requireConversation } from '../services/conversations/read-conversation.ts'
import { draftReply } from '../services/drafting/draft-reply.ts'
import { ConflictError, ConversationResolvedError, InvalidInputError, NotFoundError, QueueFullError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { Draft } from './draft.ts'
import { Tone } from './enums.ts'
import { localId } from './global-ids.ts'

const DraftReplyInput = builder.inputType('DraftReplyInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    instruction: t.string({
      description:
        'What the agent wants said, in their own words; up to 2,000 characters. A language model follows it; the extractive generator cannot.',
    }),
    tone: t.field({ description: 'How it should sound. A language model follows it; the extractive generator cannot.', type: Tone }),
  }),
})

builder.mutationField('draftReply', (t) =>
  t.field({
    type: Draft,
    description:
      'Queues a draft for the newest customer turn; follow it with `draftEvents`. Asked again while one is in flight it returns that one; with an instruction or tone it starts anew.',
    authScopes: { staff: true, partner: true },
    complexity: { field: 50, multiplier: 1 },
    errors: { types: [NotFoundError, ConflictError, ConversationResolvedError, QueueFullError, InvalidInputError] },
    args: { input: t.arg({ type: DraftReplyInput, required: true }) },
    resolve: async (_root, { input }, resources) => {
      const conversationId = localId('Conversation', input.conversationId)
      await requireConversation(resources, conversationId, resources.viewer)
      return draftReply(resources, { ...input, conversationId, by: resources.viewer })
    },
  }),
)
