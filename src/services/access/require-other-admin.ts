import type { Transaction } from '../../stores/database.ts'
import { ConflictError } from '../errors.ts'

/** Of two admins who revoke each other's keys at the same time, the second waits here, and is refused. Call it before reading the key. */
export async function lockAdminKeys(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.admin-keys'))`
}

/** Throws when there would be no admin key left that lasts. */
export async function requireOtherAdmin(tx: Transaction, keyId: string): Promise<void> {
  const others = await tx.apiKey.count({ where: { role: 'ADMIN', id: { not: keyId }, revokedAt: null, expiresAt: null } })
  if (others > 0) return
  throw new ConflictError(
    'It is the last admin key that does not expire. Make another one first with createApiKey, or take its place with rotateApiKey.',
  )
}
