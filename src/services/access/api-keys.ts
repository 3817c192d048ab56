import { createHash, randomBytes } from 'node:crypto'
import type { ApiKey, Role } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { validKey } from './valid-key.ts'

/** 256 random bits after a prefix that secret scanners can look for. */
export function newSecret(): string {
  return `understudy_${randomBytes(32).toString('base64url')}`
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export interface NewApiKey {
  secret: string
  name: string
  role: Role
  customerId?: string | null
  agentId?: string | null
  partnerId?: string | null
  expiresAt?: Date | null
  costPerMinute?: number | null
  llmTokensPerDay?: number | null
}

/** Stores the hash of a secret. Staff get an agent of that name, so that what they do has an author, and a partner's first key its partner. */
export async function storeApiKey(tx: Transaction, { secret, name, role, ...key }: NewApiKey): Promise<ApiKey> {
  const isOfStaff = role === 'ADMIN' || role === 'AGENT'
  const agentId = key.agentId ?? (isOfStaff ? (await tx.agent.create({ data: { name } })).id : null)
  const partnerId = key.partnerId ?? (role === 'PARTNER' ? (await tx.partner.create({ data: { name } })).id : null)
  // Enough to tell keys apart in a list, too little to guess from; a short key given by the operator shows less.
  const prefix = secret.slice(0, secret.startsWith('understudy_') ? 17 : 4)
  return tx.apiKey.create({ data: { ...key, name, role, prefix, hash: hashSecret(secret), agentId, partnerId } })
}

/**
 * Makes sure that an admin can come in. Returns the secret when one was made, which happens once per database and is not kept.
 */
export async function bootstrapAdmin({ database, config }: Pick<Resources, 'database' | 'config'>): Promise<string | null> {
  return database.$transaction(async (tx) => {
    // Two replicas that start together must not both make one.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.bootstrap'))`
    if (config.BOOTSTRAP_ADMIN_KEY) {
      const known = await tx.apiKey.findUnique({ where: { hash: hashSecret(config.BOOTSTRAP_ADMIN_KEY) } })
      if (known) return null
      // The same person with a new key: the first administrator, if there is one.
      const first = await tx.apiKey.findFirst({ where: { role: 'ADMIN', name: 'Administrator' }, orderBy: { createdAt: 'asc' } })
      await storeApiKey(tx, { secret: config.BOOTSTRAP_ADMIN_KEY, name: 'Administrator', role: 'ADMIN', agentId: first?.agentId ?? null })
      return null
    }
    const admins = await tx.apiKey.count({ where: { role: 'ADMIN', ...validKey() } })
    if (admins > 0) return null
    const secret = newSecret()
    await storeApiKey(tx, { secret, name: 'Administrator', role: 'ADMIN' })
    return secret
  })
}
