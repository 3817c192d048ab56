import { revokeApiKey } from '../services/access/revoke-api-key.ts'
import { ConflictError, NotFoundError } from '../services/errors.ts'
import { ApiKey } from './api-key.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

const RevokeApiKeyInput = builder.inputType('RevokeApiKeyInput', { fields: (t) => ({ apiKeyId: t.id({ required: true }) }) })

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: ApiKey,
    description:
      'Ends a key at once, with the customer tokens that were made by it; open WebSockets close with 4403 and event streams end with an error. The last admin key that does not expire is a CONFLICT. A second time changes nothing.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true }) },
    resolve: (_root, { input }, resources) => revokeApiKey(resources, { apiKeyId: localId('ApiKey', input.apiKeyId, 'key'), by: resources.viewer }),
  }),
)
