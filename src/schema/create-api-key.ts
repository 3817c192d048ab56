import { createApiKey } from '../services/access/create-api-key.ts'
import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { CreatedApiKey } from './api-key.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { localId } from './global-ids.ts'

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'Whose or what for, in one line of up to 200 characters. An agent’s key gives it to the agent.' }),
    role: t.field({ type: Role, required: true, description: 'What it may do, for good: make another key to change it.' }),
    customerExternalId: t.string({
      description: 'Of a CUSTOMER’s key, and needed there: the id that your own systems know them by. A new one makes the customer.',
    }),
    partnerId: t.id({ description: 'Of a PARTNER’s key: one more for this partner. Without it the key makes a new partner.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Without it the key stays until it is revoked.' }),
    costPerMinute: t.int({
      description: 'Points of query cost that it has at most, and that come back steadily within a minute, instead of what the role has.',
    }),
    llmTokensPerDay: t.int({
      description:
        'Tokens of a language model that its drafts may use a day (UTC), a partner’s also those that come by themselves for what its customers write. Without it there is no limit; a CUSTOMER’s key has none, because customers ask for no drafts.',
    }),
  }),
})

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: CreatedApiKey,
    description: 'A new key. An ADMIN’s or AGENT’s makes an agent of its name, which is what its `viewer` is.',
    authScopes: { admin: true },
    errors: { types: [InvalidInputError, NotFoundError] },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createApiKey(resources, { ...input, partnerId: input.partnerId == null ? null : localId('Partner', input.partnerId), by: resources.viewer }),
  }),
)
