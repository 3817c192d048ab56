import type { WebhookDelivery } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'

/** The same event once more, as a delivery of its own: with the same `webhook-id`, so that a receiver that has had it can tell. */
export async function replayWebhookDelivery(
  { database }: Pick<Resources, 'database'>,
  { deliveryId, by }: { deliveryId: string; by: Viewer | null },
): Promise<WebhookDelivery> {
  return database.$transaction(async (tx) => {
    const found = await tx.webhookDelivery.findUnique({ where: { id: deliveryId }, include: { webhook: { select: { disabledAt: true } } } })
    if (!found) throw new NotFoundError('delivery')
    if (found.status === 'PENDING') throw new ConflictError('This delivery is still being tried. Wait for its next attempt.')
    if (found.webhook.disabledAt) throw new ConflictError('The webhook is disabled. Enable it with updateWebhook first, then replay.')
    const { webhookId, eventId, event, payload } = found
    const replayed = await tx.webhookDelivery.create({ data: { webhookId, eventId, event, payload: payload as object, nextAttemptAt: new Date() } })
    await recordAudit(tx, by, {
      action: 'replayWebhookDelivery',
      targetType: 'WebhookDelivery',
      targetId: replayed.id,
      details: { replayed: deliveryId },
    })
    return replayed
  })
}
