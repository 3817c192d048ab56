import { builder } from './builder.ts'
import { WebhookEvent } from './enums.ts'

export const Webhook = builder.prismaNode('Webhook', {
  description:
    'An address that is told what happens, by signed messages as Standard Webhooks describes them. A message holds ids and no text: ask for the rest with a key.',
  id: { field: 'id' },
  authScopes: { admin: true },
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Where messages are posted to.' }),
    events: t.expose('events', { type: [WebhookEvent], description: 'What it is told.' }),
    enabled: t.boolean({ description: 'Nothing is sent while it is not; see `disabledReason`.', resolve: ({ disabledAt }) => disabledAt === null }),
    disabledAt: t.expose('disabledAt', { type: 'DateTime', nullable: true, description: 'Since when nothing is sent; null while it is enabled.' }),
    disabledReason: t.exposeString('disabledReason', {
      nullable: true,
      description: 'An admin did it, the receiver answered 410, or every attempt failed for five days. Enable it with updateWebhook.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when every attempt has failed; null after one that did not.',
    }),
    previousSecretUntil: t.expose('previousSecretUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then messages are signed with the secret before the last rotation, too.',
    }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'The admin who made it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'What happened earlier it was never told.' }),
  }),
})

/** A webhook with its secret, which is told at this one moment. */
export interface WebhookWithSecret {
  webhook: typeof Webhook.$inferType
  secret: string
}

builder.queryField('webhooks', (t) =>
  t.prismaConnection({
    type: 'Webhook',
    cursor: 'id',
    description: 'All webhooks, oldest first; there are at most 20.',
    authScopes: { admin: true },
    resolve: (query, _root, _args, { database }) => database.webhook.findMany({ ...query, orderBy: { id: 'asc' } }),
  }),
)
