import type { ApiKey } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { accessTopic } from './live-rights.ts'
import { recordAudit } from './record-audit.ts'
import { lockAdminKeys, requireOtherAdmin } from './require-other-admin.ts'
import { isValidKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'

/** Ends a key at once, with the customer tokens made by it and the sockets that it opened. One that has been revoked stays as it is. */
export async function revokeApiKey(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { apiKeyId, by }: { apiKeyId: string; by: Viewer | null },
): Promise<ApiKey> {
  const revoked = await database.$transaction(async (tx) => {
    await lockAdminKeys(tx)
    const key = await tx.apiKey.findUnique({ where: { id: apiKeyId } })
    if (!key) throw new NotFoundError('key')
    if (key.revokedAt) return key
    if (key.role === 'ADMIN' && isValidKey(key)) await requireOtherAdmin(tx, key.id)
    await recordAudit(tx, by, { action: 'revokeApiKey', targetType: 'ApiKey', targetId: key.id })
    return tx.apiKey.update({ where: { id: key.id }, data: { revokedAt: new Date() } })
  })
  wakeUps.notify(accessTopic)
  return revoked
}
