import { rotateApiKey } from '../services/access/rotate-api-key.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { CreatedApiKey } from './api-key.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

const RotateApiKeyInput = builder.inputType('RotateApiKeyInput', {
  fields: (t) => ({
    apiKeyId: t.id({ required: true }),
    overlapMinutes: t.int({ description: 'How long the old key stays valid beside the new one: 0 to 10080 (7 days), 60 without it.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Of the new key. Without it, it lasts as long as the old one was made for.' }),
  }),
})

builder.mutationField('rotateApiKey', (t) =>
  t.field({
    type: CreatedApiKey,
    description: 'A new secret in place of an old one: same role, agent, customer, partner and budgets. The old key expires when the overlap ends.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError, InvalidInputError] },
    args: { input: t.arg({ type: RotateApiKeyInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      rotateApiKey(resources, { ...input, apiKeyId: localId('ApiKey', input.apiKeyId, 'key'), by: resources.viewer }),
  }),
)
