import type { Webhook } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import { webhookSecret } from './webhook-secret.ts'

export const longestOverlapHours = 168
const hourMs = 3_600_000

/** A new secret. For the overlap messages carry a signature by the one before as well, so that the receiver can change in its own time. */
export async function rotateWebhookSecret(
  { database }: Pick<Resources, 'database'>,
  { webhookId, overlapHours, by }: { webhookId: string; overlapHours: number; by: Viewer | null },
): Promise<{ webhook: Webhook; secret: string }> {
  if (overlapHours < 0 || overlapHours > longestOverlapHours)
    throw new InvalidInputError(`overlapHours must be from 0 to ${longestOverlapHours}, and is ${overlapHours}.`)
  const previousSecretUntil = overlapHours === 0 ? null : new Date(Date.now() + overlapHours * hourMs)
  const webhook = await database.$transaction(async (tx) => {
    const [rotated] = await tx.webhook.updateManyAndReturn({
      where: { id: webhookId },
      data: { secretVersion: { increment: 1 }, previousSecretUntil },
    })
    if (!rotated) throw new NotFoundError('webhook')
    await recordAudit(tx, by, { action: 'rotateWebhookSecret', targetType: 'Webhook', targetId: webhookId, details: { overlapHours } })
    return rotated
  })
  return { webhook, secret: await webhookSecret({ database }, { id: webhook.id, version: webhook.secretVersion }) }
}
