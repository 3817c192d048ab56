import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { rotateWebhookSecret } from '../services/webhooks/rotate-webhook-secret.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { Webhook, type WebhookWithSecret } from './webhook.ts'

const RotatedWebhookSecret = builder.objectRef<WebhookWithSecret>('RotatedWebhookSecret').implement({
  description: 'A webhook’s new secret.',
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'It is shown this once.' }),
    webhook: t.expose('webhook', { type: Webhook, description: 'Its `previousSecretUntil` says how long the one before is used too.' }),
  }),
})

const RotateWebhookSecretInput = builder.inputType('RotateWebhookSecretInput', {
  description: 'Which secret is replaced, and how gently.',
  fields: (t) => ({
    webhookId: t.id({ required: true, description: 'Which webhook.' }),
    overlapHours: t.int({
      defaultValue: 24,
      description:
        'For so long messages have a signature by the secret before, too: 0 to 168. 0 when that has leaked. One that is older still is never used again.',
    }),
  }),
})

builder.mutationField('rotateWebhookSecret', (t) =>
  t.field({
    type: RotatedWebhookSecret,
    description: 'Gives the webhook a new secret. Until the overlap is over a receiver may verify with either.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: RotateWebhookSecretInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      rotateWebhookSecret(resources, {
        webhookId: localId('Webhook', input.webhookId),
        overlapHours: input.overlapHours ?? 24,
        by: resources.viewer,
      }),
  }),
)
