import { sendReply } from '../services/drafting/send-reply.ts'
import {
  ConflictError,
  ConversationResolvedError,
  DraftNotReadyError,
  DraftSupersededError,
  IdempotencyConflictError,
  InvalidInputError,
  NotFoundError,
} from '../services/errors.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { Message } from './message.ts'

const SendReplyInput = builder.inputType('SendReplyInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    text: t.string({
      required: true,
      description:
        'What the customer gets, as it is but for characters that nobody can see: those are left out. 1 to 20,000 characters. A saved edit of the draft is never sent by itself.',
    }),
    draftId: t.id({ description: 'The draft that it comes from.' }),
    idempotencyKey: t.string({ description: 'Without it the request’s Idempotency-Key serves, if there is one.' }),
    expectedLastMessageId: t.id({
      description: 'The newest message that the agent saw. When the customer has written after it, nothing is sent, and it is a CONFLICT.',
    }),
  }),
})

builder.mutationField('sendReply', (t) =>
  t.prismaField({
    type: Message,
    description: 'The human sends. Exactly once, however often it is retried with the same draft or key. An OPEN conversation becomes PENDING.',
    authScopes: { staff: true },
    errors: {
      types: [
        NotFoundError,
        InvalidInputError,
        ConversationResolvedError,
        DraftNotReadyError,
        DraftSupersededError,
        ConflictError,
        IdempotencyConflictError,
      ],
    },
    args: { input: t.arg({ type: SendReplyInput, required: true }) },
    resolve: async (query, _root, { input }, resources, info) => {
      const { id } = await sendReply(resources, {
        ...input,
        conversationId: localId('Conversation', input.conversationId),
        draftId: input.draftId == null ? null : localId('Draft', input.draftId),
        expectedLastMessageId: input.expectedLastMessageId == null ? null : localId('Message', input.expectedLastMessageId),
        idempotencyKey: idempotencyKeyOf(input.idempotencyKey, resources, info),
        by: resources.viewer,
      })
      return resources.database.message.findUniqueOrThrow({
        ...query,
        where: { id },
      })
    },
  }),
)
