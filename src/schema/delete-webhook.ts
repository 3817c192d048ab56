import { NotFoundError } from '../services/errors.ts'
import { deleteWebhook } from '../services/webhooks/delete-webhook.ts'
import { builder } from './builder.ts'
import { encodeGlobalId, localId } from './global-ids.ts'

const DeletedWebhook = builder.objectRef<{ id: string }>('DeletedWebhook').implement({
  description: 'What is left of a deleted webhook.',
  fields: (t) => ({ id: t.id({ description: 'The id that it had.', resolve: ({ id }) => encodeGlobalId('Webhook', id) }) }),
})

const DeleteWebhookInput = builder.inputType('DeleteWebhookInput', {
  description: 'Which webhook goes.',
  fields: (t) => ({ webhookId: t.id({ required: true, description: 'Which webhook.' }) }),
})

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: DeletedWebhook,
    description: 'It is told nothing more, and its deliveries are deleted, those that wait included.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: DeleteWebhookInput, required: true }) },
    resolve: (_root, { input }, resources) => deleteWebhook(resources, { webhookId: localId('Webhook', input.webhookId), by: resources.viewer }),
  }),
)
