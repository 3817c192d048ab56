import type { WebhookDelivery } from '../../generated/prisma/client.ts'
import type { StoredPayload } from './record-webhook-event.ts'

/** What is sent, to the byte: the same at every attempt and every replay. */
export function messageBody({ event, payload }: Pick<WebhookDelivery, 'event' | 'payload'>): string {
  const { timestamp, data } = payload as unknown as StoredPayload
  return JSON.stringify({ type: event, timestamp, data })
}
