import { openConversation } from '../services/conversations/open-conversation.ts'
import { IdempotencyConflictError, InvalidInputError } from '../services/errors.ts'
import { builder } from './builder.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'

const CustomerInput = builder.inputType('CustomerInput', {
  description: 'Whom a conversation is with.',
  fields: (t) => ({
    externalId: t.string({ description: 'The id that your own systems know them by. Without it a new customer is made.' }),
    name: t.string({ description: 'Up to 200 characters. For a customer who is known it replaces the name.' }),
    email: t.string({ description: 'Up to 254 characters. For a customer who is known it replaces the address.' }),
  }),
})

const OpenConversationInput = builder.inputType('OpenConversationInput', {
  fields: (t) => ({
    message: t.string({ required: true, description: '1 to 20,000 characters.' }),
    subject: t.string({ description: 'What it is about, in one line of up to 300 characters.' }),
    customer: t.field({ type: CustomerInput, description: 'Ignored with a customer’s key: the customer is the key’s.' }),
    channel: t.string({ description: 'Where it came from, such as web or email.' }),
    idempotencyKey: t.string({
      description: 'The same key and input again give the same conversation. Without it the request’s Idempotency-Key serves, if there is one.',
    }),
  }),
})

builder.mutationField('openConversation', (t) =>
  t.prismaField({
    type: 'Conversation',
    description: 'A customer writes for the first time.',
    authScopes: { anyone: true },
    errors: { types: [InvalidInputError, IdempotencyConflictError] },
    args: { input: t.arg({ type: OpenConversationInput, required: true }) },
    resolve: (_query, _root, { input }, resources, info) => {
      const idempotencyKey = idempotencyKeyOf(input.idempotencyKey, resources, info)
      return openConversation(resources, { input: { ...input, idempotencyKey }, by: resources.viewer })
    },
  }),
)
