import { messageBody } from '../services/webhooks/message-body.ts'
import { builder } from './builder.ts'
import { WebhookDeliveryStatus, WebhookEvent } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

const WebhookAttempt = builder.prismaObject('WebhookAttempt', {
  description: 'One try to deliver.',
  authScopes: { admin: true },
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it ended.' }),
    statusCode: t.exposeInt('statusCode', { nullable: true, description: 'What the receiver answered; null when it did not.' }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why it failed, up to 300 characters; null when it did not. What the receiver wrote is never kept.',
    }),
    tookMs: t.exposeInt('tookMs', { description: 'Until the answer or the failure.' }),
  }),
})

export const WebhookDelivery = builder.prismaNode('WebhookDelivery', {
  description: 'One event for one webhook. Kept for 30 days.',
  id: { field: 'id' },
  authScopes: { admin: true },
  fields: (t) => ({
    webhook: t.relation('webhook', { description: 'Whom it is for.' }),
    eventId: t.exposeString('eventId', { description: 'The `webhook-id` of its message: one for an event, at every attempt, replay and webhook.' }),
    event: t.expose('event', { type: WebhookEvent, description: 'What happened.' }),
    body: t.string({
      select: { event: true, payload: true },
      description: 'The message that is signed and sent, as JSON.',
      resolve: (delivery) => messageBody(delivery),
    }),
    status: t.expose('status', { type: WebhookDeliveryStatus, description: 'How far it is.' }),
    attemptCount: t.exposeInt('attempts', { description: 'How often it was tried; at most ten times.' }),
    attempts: t.field({
      type: [WebhookAttempt],
      description: 'The last 20 tries, newest first.',
      select: { attemptLog: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 20 } },
      resolve: ({ attemptLog }) => attemptLog,
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Not before then; null when there is no further attempt.',
    }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true, description: 'When the receiver took it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened, or was replayed.' }),
  }),
})

builder.queryField('webhookDeliveries', (t) =>
  t.prismaConnection({
    type: 'WebhookDelivery',
    cursor: 'id',
    description: 'What a webhook was sent and is owed, newest first; nothing for an unknown one.',
    authScopes: { admin: true },
    args: {
      webhookId: t.arg.id({ required: true, description: 'Of which webhook.' }),
      status: t.arg({ type: WebhookDeliveryStatus, description: 'All unless given.' }),
    },
    resolve: (query, _root, { webhookId, status }, { database }) =>
      database.webhookDelivery.findMany({
        ...query,
        where: { webhookId: localIdOrNull('Webhook', webhookId) ?? '', ...(status && { status }) },
        orderBy: [{ createdAt: 'desc' }, { eventId: 'desc' }, { id: 'desc' }],
      }),
  }),
)
