import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { updateWebhook } from '../services/webhooks/update-webhook.ts'
import { builder } from './builder.ts'
import { WebhookEvent } from './enums.ts'
import { localId } from './global-ids.ts'
import { Webhook } from './webhook.ts'

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'What is left out stays.',
  fields: (t) => ({
    webhookId: t.id({ required: true, description: 'Which webhook.' }),
    url: t.string({ description: 'As in createWebhook. What waits is sent there too.' }),
    events: t.field({ type: [WebhookEvent], description: 'Instead of those before; at least one.' }),
    enabled: t.boolean({
      description: 'False: nothing is sent, and what waits is given up. True: it is told what happens from now on; what it missed can be replayed.',
    }),
  }),
})

builder.mutationField('updateWebhook', (t) =>
  t.field({
    type: Webhook,
    description: 'Changes the address or the events, and enables or disables it. The secret stays.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: UpdateWebhookInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      updateWebhook(resources, { ...input, webhookId: localId('Webhook', input.webhookId), by: resources.viewer }),
  }),
)
