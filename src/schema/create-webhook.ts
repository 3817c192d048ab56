import { ConflictError, InvalidInputError } from '../services/errors.ts'
import { createWebhook } from '../services/webhooks/create-webhook.ts'
import { builder } from './builder.ts'
import { WebhookEvent } from './enums.ts'
import { Webhook, type WebhookWithSecret } from './webhook.ts'

const CreatedWebhook = builder.objectRef<WebhookWithSecret>('CreatedWebhook').implement({
  description: 'A new webhook, with what its receiver verifies by.',
  fields: (t) => ({
    secret: t.exposeString('secret', {
      description: '`whsec_` and 32 bytes in base64. It is shown this once; rotateWebhookSecret makes another one.',
    }),
    webhook: t.expose('webhook', { type: Webhook, description: 'What was made.' }),
  }),
})

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'Who is told what.',
  fields: (t) => ({
    url: t.string({
      required: true,
      description:
        'https://, up to 2,000 characters, without user and password. Private addresses are refused unless WEBHOOK_PRIVATE_ADDRESSES is true.',
    }),
    events: t.field({ type: [WebhookEvent], required: true, description: 'At least one.' }),
  }),
})

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: CreatedWebhook,
    description: 'From now on the address is told these events, each at least once. At most 20 webhooks.',
    authScopes: { admin: true },
    errors: { types: [InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: CreateWebhookInput, required: true }) },
    resolve: (_root, { input }, resources) => createWebhook(resources, { ...input, by: resources.viewer }),
  }),
)
