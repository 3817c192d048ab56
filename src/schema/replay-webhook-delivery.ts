import { ConflictError, NotFoundError } from '../services/errors.ts'
import { replayWebhookDelivery } from '../services/webhooks/replay-webhook-delivery.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { WebhookDelivery } from './webhook-delivery.ts'

const ReplayWebhookDeliveryInput = builder.inputType('ReplayWebhookDeliveryInput', {
  description: 'Which delivery is made again.',
  fields: (t) => ({ deliveryId: t.id({ required: true, description: 'A DELIVERED or FAILED one.' }) }),
})

builder.mutationField('replayWebhookDelivery', (t) =>
  t.field({
    type: WebhookDelivery,
    description: 'Sends the same event again, as a new delivery with the same `eventId`.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: ReplayWebhookDeliveryInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      replayWebhookDelivery(resources, { deliveryId: localId('WebhookDelivery', input.deliveryId, 'delivery'), by: resources.viewer }),
  }),
)
