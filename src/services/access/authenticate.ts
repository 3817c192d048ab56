import { decodeJwt } from 'jose'
import type { Resources } from '../../resources.ts'
import { hashSecret } from './api-keys.ts'
import { tokenIssuer, viewerOfCustomerToken } from './customer-token.ts'
import { knownKeys } from './known-keys.ts'
import { isValidKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'
import { viewerOfJwt } from './viewer-of-jwt.ts'
import { viewerOfKey } from './viewer-of-key.ts'

const lastUsedEveryMs = 60_000

/** The viewer behind an `Authorization` header or connection parameter, or null: a key, a token of createCustomerToken, or a JWT of the identity provider. */
export async function authenticate(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config' | 'logger'>,
  authorization: string | null | undefined,
): Promise<Viewer | null> {
  const credential = /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(authorization ?? '')?.[1]
  if (!credential) return null
  const issuer = issuerOf(credential)
  if (issuer === null) {
    const hash = hashSecret(credential)
    return knownKeys(resources).get(hash, () => viewerOfHash(resources, hash))
  }
  return issuer === tokenIssuer ? viewerOfCustomerToken(resources, credential) : viewerOfJwt(resources, credential)
}

// Looked up by its hash: how long that takes says nothing about the key.
async function viewerOfHash({ database }: Pick<Resources, 'database'>, hash: string): Promise<Viewer | null> {
  const key = await database.apiKey.findUnique({ where: { hash } })
  const now = new Date()
  if (!key || !isValidKey(key, now)) return null
  if (key.role === 'CUSTOMER' && key.customerId === null) return null
  const staleAt = new Date(now.getTime() - lastUsedEveryMs)
  if (!key.lastUsedAt || key.lastUsedAt < staleAt) {
    // Of many requests at the same moment one writes.
    const isStale = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: staleAt } }] }
    await database.apiKey.updateMany({ where: { id: key.id, ...isStale }, data: { lastUsedAt: now } })
  }
  return viewerOfKey(key)
}

/** Who a JWT says that it is of, before anything is believed; null for what is no JWT. */
function issuerOf(credential: string): string | null {
  if (!/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/.test(credential)) return null
  try {
    return decodeJwt(credential).iss ?? ''
  } catch {
    return null
  }
}
