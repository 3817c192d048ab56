import type { Resources } from '../../resources.ts'
import { hashSecret } from './api-keys.ts'
import type { Viewer } from './viewer.ts'
import { viewerOfKey } from './viewer-of-key.ts'

const lastUsedEveryMs = 60_000

/** The viewer behind an `Authorization` header or connection parameter, or null. A lookup by hash: comparing it in time says nothing about the key. */
export async function authenticate({ database }: Pick<Resources, 'database'>, authorization: string | null | undefined): Promise<Viewer | null> {
  const secret = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(authorization ?? '')?.[1]
  if (!secret) return null
  const key = await database.apiKey.findUnique({ where: { hash: hashSecret(secret) } })
  const now = Date.now()
  if (!key || key.revokedAt || (key.expiresAt && key.expiresAt.getTime() <= now)) return null
  if (key.role === 'CUSTOMER' && key.customerId === null) return null
  if (!key.lastUsedAt || now - key.lastUsedAt.getTime() > lastUsedEveryMs) {
    await database.apiKey.update({ where: { id: key.id }, data: { lastUsedAt: new Date(now) } })
  }
  return viewerOfKey(key)
}
