import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'

/** With its deliveries, those that wait included. */
export async function deleteWebhook(
  { database }: Pick<Resources, 'database'>,
  { webhookId, by }: { webhookId: string; by: Viewer | null },
): Promise<{ id: string }> {
  await database.$transaction(async (tx) => {
    const { count } = await tx.webhook.deleteMany({ where: { id: webhookId } })
    if (count === 0) throw new NotFoundError('webhook')
    await recordAudit(tx, by, { action: 'deleteWebhook', targetType: 'Webhook', targetId: webhookId })
  })
  return { id: webhookId }
}
