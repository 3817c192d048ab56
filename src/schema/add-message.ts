import { addMessage } from '../services/conversations/add-message.ts'
import { requireConversation } from '../services/conversations/read-conversation.ts'
import { IdempotencyConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { Message } from './message.ts'

const AddMessageInput = builder.inputType('AddMessageInput', {
  fields: (t) => ({
    conversationId: t.id({ required: true }),
    text: t.string({ required: true, description: '1 to 20,000 characters.' }),
    idempotencyKey: t.string({
      description: 'The same key and text again give the same message. Without it the request’s Idempotency-Key serves, if there is one.',
    }),
  }),
})

builder.mutationField('addMessage', (t) =>
  t.prismaField({
    type: Message,
    description:
      'The customer writes again. A snoozed conversation wakes and a resolved one reopens; after the reopen window the message is the first of a new conversation, which the answer has. A draft for the turn before is superseded.',
    authScopes: { anyone: true },
    errors: { types: [NotFoundError, InvalidInputError, IdempotencyConflictError] },
    args: { input: t.arg({ type: AddMessageInput, required: true }) },
    resolve: async (query, _root, { input }, resources, info) => {
      const conversationId = localId('Conversation', input.conversationId)
      await requireConversation(resources, conversationId, resources.viewer)
      const idempotencyKey = idempotencyKeyOf(input.idempotencyKey, resources, info)
      const { id } = await addMessage(resources, { ...input, conversationId, idempotencyKey, by: resources.viewer })
      return resources.database.message.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
