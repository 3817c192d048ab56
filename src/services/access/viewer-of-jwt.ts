import { createHash } from 'node:crypto'
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Config } from '../../config.ts'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'
import { limits } from '../checked-input.ts'
import { findOrCreateCustomer } from './find-or-create-customer.ts'
import { openJsonWebKeys } from './json-web-keys.ts'
import type { Viewer } from './viewer.ts'

// What an identity provider signs with a private key. With a shared secret its public key would be one, and anybody could sign.
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const clockToleranceSeconds = 5
const rememberedMs = 60_000
const mostRemembered = 5_000
const unstorable = /[\p{Cc}\p{Cs}]/u

interface Verifier {
  keys: JWTVerifyGetKey
  viewers: LRUCache<string, Viewer>
}
const verifiers = new WeakMap<Database, Verifier>()

/**
 * The viewer behind a JWT of the identity provider, or null. Staff get their agent and customers their customer at first sight. Partners come with
 * keys: their operations and budgets belong to those.
 */
export async function viewerOfJwt(resources: Pick<Resources, 'database' | 'config' | 'logger'>, token: string): Promise<Viewer | null> {
  const { database, config, logger } = resources
  if (!config.JWKS_URL || !config.JWT_ISSUER || !config.JWT_AUDIENCE) return null
  let verifier = verifiers.get(database)
  if (!verifier) {
    verifier = { keys: openJsonWebKeys(config.JWKS_URL, { logger }), viewers: new LRUCache({ max: mostRemembered, ttl: rememberedMs }) }
    verifiers.set(database, verifier)
  }
  const digest = createHash('sha256').update(token).digest('base64url')
  const known = verifier.viewers.get(digest)
  if (known) return isOver(known) ? null : known
  // Whatever is wrong with it, the answer is the same; that the keys could not be read is in the log.
  const verified = await jwtVerify(token, verifier.keys, {
    algorithms,
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp', 'sub'],
  }).catch(() => null)
  const viewer = verified && (await viewerOfClaims({ database, config }, verified.payload))
  if (viewer) verifier.viewers.set(digest, viewer)
  return viewer
}

function isOver({ expiresAt }: Viewer): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now()
}

async function viewerOfClaims({ database, config }: Pick<Resources, 'database' | 'config'>, claims: JWTPayload): Promise<Viewer | null> {
  const role = roleOf(claims, config)
  const subject = `${claims.iss}|${claims.sub}`
  const callerId = `jwt:${createHash('sha256').update(subject).digest('base64url')}`
  const expiresAt = new Date((claims.exp! + clockToleranceSeconds) * 1000)
  const common = { callerId, keyId: null, partnerId: null, expiresAt }
  if (role === 'CUSTOMER') {
    const externalId = claims[config.JWT_CUSTOMER_CLAIM]
    if (typeof externalId !== 'string' || externalId.trim() === '' || externalId.length > limits.name || unstorable.test(externalId)) return null
    const customerId = await findOrCreateCustomer(database, externalId)
    return { ...common, name: nameIn(claims) ?? 'Customer', role, agentId: null, customerId }
  }
  if (role === null || subject.length > 1_000 || unstorable.test(subject)) return null
  const name = nameIn(claims) ?? 'Agent'
  const agentId = await findOrCreateAgent(database, { subject, name })
  return { ...common, name, role, agentId, customerId: null }
}

/** The claim is a role or a list of them, in upper or lower case; of several the one with the most rights counts. */
function roleOf(claims: JWTPayload, { JWT_ROLE_CLAIM }: Config): 'ADMIN' | 'AGENT' | 'CUSTOMER' | null {
  const given = new Set([claims[JWT_ROLE_CLAIM]].flat().map((role) => (typeof role === 'string' ? role.toUpperCase() : '')))
  return (['ADMIN', 'AGENT', 'CUSTOMER'] as const).find((role) => given.has(role)) ?? null
}

/** What people are shown: one line, not too long. */
function nameIn({ name, email }: JWTPayload): string | null {
  const given = [name, email].find((value) => typeof value === 'string' && value.trim() !== '') as string | undefined
  const line = stripInvisible(given ?? '')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim()
  return line.slice(0, limits.name) || null
}

async function findOrCreateAgent(database: Database, { subject, name }: { subject: string; name: string }): Promise<string> {
  const known = await database.agent.findUnique({ where: { subject }, select: { id: true } })
  if (known) return known.id
  // Not an upsert: of two that come first at the same time, one would fail.
  await database.agent.createMany({ data: [{ subject, name }], skipDuplicates: true })
  return (await database.agent.findUniqueOrThrow({ where: { subject }, select: { id: true } })).id
}
