import type { Resources } from '../../resources.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import { newSecret, storeApiKey } from './api-keys.ts'
import { checkExpiry } from './check-key-input.ts'
import type { CreatedKey } from './create-api-key.ts'
import { accessTopic } from './live-rights.ts'
import { recordAudit } from './record-audit.ts'
import { lockAdminKeys, requireOtherAdmin } from './require-other-admin.ts'
import { isValidKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'

const minuteMs = 60_000
const usualOverlapMinutes = 60
const longestOverlapMinutes = 7 * 24 * 60

/** A new secret for whoever has the key: same role, same person. Both are valid until the overlap ends; 0 ends the old one at once. */
export async function rotateApiKey(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { apiKeyId, overlapMinutes, by, ...input }: { apiKeyId: string; overlapMinutes?: number | null; expiresAt?: Date | null; by: Viewer | null },
): Promise<CreatedKey> {
  const overlap = overlapMinutes ?? usualOverlapMinutes
  if (overlap < 0 || overlap > longestOverlapMinutes)
    throw new InvalidInputError(`overlapMinutes must be from 0 to ${longestOverlapMinutes}, which is 7 days, and is ${overlap}.`)
  const now = new Date()
  const givenExpiry = checkExpiry(input.expiresAt, now)
  const secret = newSecret()
  const apiKey = await database.$transaction(async (tx) => {
    await lockAdminKeys(tx)
    const key = await tx.apiKey.findUnique({ where: { id: apiKeyId } })
    if (!key) throw new NotFoundError('key')
    if (key.replacedById)
      throw new ConflictError('The key has been rotated already. Rotate the one that took its place, or make another with createApiKey.')
    if (!isValidKey(key, now)) throw new ConflictError('The key is revoked or has expired. Make another one with createApiKey.')
    const expiresAt = givenExpiry ?? sameLifetime(key, now)
    // The new one of the last admin has to last, as the old one did.
    if (key.role === 'ADMIN' && key.expiresAt === null && givenExpiry) await requireOtherAdmin(tx, key.id)
    const { name, role, agentId, customerId, partnerId, costPerMinute, llmTokensPerDay } = key
    const next = await storeApiKey(tx, { secret, name, role, agentId, customerId, partnerId, costPerMinute, llmTokensPerDay, expiresAt })
    const end = new Date(now.getTime() + overlap * minuteMs)
    await tx.apiKey.update({
      where: { id: key.id },
      data: { replacedById: next.id, expiresAt: key.expiresAt && key.expiresAt < end ? key.expiresAt : end },
    })
    await recordAudit(tx, by, {
      action: 'rotateApiKey',
      targetType: 'ApiKey',
      targetId: key.id,
      details: { replacedById: next.id, overlapMinutes: overlap },
    })
    return next
  })
  wakeUps.notify(accessTopic)
  return { secret, apiKey }
}

function sameLifetime({ createdAt, expiresAt }: { createdAt: Date; expiresAt: Date | null }, now: Date): Date | null {
  return expiresAt && new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime())
}
