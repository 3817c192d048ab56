import type { Webhook, WebhookEvent } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError } from '../errors.ts'
import { checkWebhookEvents, checkWebhookUrl } from './check-webhook.ts'
import { webhookSecret } from './webhook-secret.ts'

const most = 20

/** A receiver for what happens from now on. The secret is shown here and at each rotation, and nowhere else. */
export async function createWebhook(
  { database, config }: Pick<Resources, 'database' | 'config'>,
  input: { url: string; events: WebhookEvent[]; by: Viewer | null },
): Promise<{ webhook: Webhook; secret: string }> {
  const url = checkWebhookUrl(input.url, config)
  const events = checkWebhookEvents(input.events)
  const webhook = await database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.webhooks'))`
    if ((await tx.webhook.count()) >= most) throw new ConflictError(`There are ${most} webhooks already. Delete one that is not needed any more.`)
    const created = await tx.webhook.create({ data: { url, events, createdById: input.by?.agentId ?? null } })
    await recordAudit(tx, input.by, { action: 'createWebhook', targetType: 'Webhook', targetId: created.id, details: { events } })
    return created
  })
  return { webhook, secret: await webhookSecret({ database }, { id: webhook.id, version: webhook.secretVersion }) }
}
