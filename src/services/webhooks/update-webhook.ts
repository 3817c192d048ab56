import { isDeepStrictEqual } from 'node:util'
import type { Webhook, WebhookEvent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'
import { checkWebhookEvents, checkWebhookUrl } from './check-webhook.ts'
import { disableWebhook } from './disable-webhook.ts'

/** What is not given stays. Enabled again it is told what happens from then on; what it missed can be replayed. */
export async function updateWebhook(
  { database, config }: Pick<Resources, 'database' | 'config'>,
  {
    webhookId,
    enabled,
    by,
    ...input
  }: { webhookId: string; by: Viewer | null; url?: string | null; events?: WebhookEvent[] | null; enabled?: boolean | null },
): Promise<Webhook> {
  const url = input.url == null ? null : checkWebhookUrl(input.url, config)
  const events = input.events == null ? null : checkWebhookEvents(input.events)
  const again = enabled === true ? { disabledAt: null, disabledReason: null, failingSince: null } : {}
  return database.$transaction(async (tx) => {
    const before = await tx.webhook.findUnique({ where: { id: webhookId } })
    await tx.webhook.updateMany({ where: { id: webhookId }, data: { ...(url !== null && { url }), ...(events !== null && { events }), ...again } })
    if (enabled === false) await disableWebhook(tx, { webhookId, reason: 'An admin has disabled it.' })
    const webhook = await tx.webhook.findUnique({ where: { id: webhookId } })
    if (!webhook) throw new NotFoundError('webhook')
    if (isDeepStrictEqual(webhook, before)) return webhook
    // An address may hold a token in its path: the log says only that it is another one.
    const details = { hasNewUrl: url !== null, events, enabled: enabled ?? null }
    await recordAudit(tx, by, { action: 'updateWebhook', targetType: 'Webhook', targetId: webhookId, details })
    return webhook
  })
}
