import type { Transaction } from '../../stores/database.ts'

/** Nothing more is sent to it, and what waits is given up. False when it was disabled already. */
export async function disableWebhook(tx: Transaction, { webhookId, reason }: { webhookId: string; reason: string }): Promise<boolean> {
  const { count } = await tx.webhook.updateMany({
    where: { id: webhookId, disabledAt: null },
    data: { disabledAt: new Date(), disabledReason: reason },
  })
  if (count > 0) await tx.webhookDelivery.updateMany({ where: { webhookId, status: 'PENDING' }, data: { status: 'FAILED', nextAttemptAt: null } })
  return count > 0
}
