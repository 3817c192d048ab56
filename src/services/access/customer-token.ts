import { hkdfSync } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Resources } from '../../resources.ts'
import { customersKnownByName } from './known-customers.ts'
import { signingSecret } from './signing-secret.ts'
import { isValidKey } from './valid-key.ts'
import type { Viewer } from './viewer.ts'

/** What our own tokens say that they come from: no identity provider's name is one. */
export const tokenIssuer = 'urn:understudy'
const audience = 'urn:understudy:customer'

export interface CustomerToken {
  customerId: string
  /** The key that it was made with, and ends with. */
  keyId: string | null
  /** Of a partner: only what it opened is to be seen. */
  partnerId: string | null
  expiresAt: Date
}

const Claims = z.object({ sub: z.string(), key: z.string().nullable(), partner: z.string().nullable(), exp: z.number() })

export async function signCustomerToken(
  { database }: Pick<Resources, 'database'>,
  { customerId, keyId, partnerId, expiresAt }: CustomerToken,
): Promise<string> {
  return new SignJWT({ key: keyId, partner: partnerId })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(tokenIssuer)
    .setAudience(audience)
    .setSubject(customerId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(await tokenKey({ database }))
}

/** The customer behind a token, while the token, its customer and the key that it was made with are all still good; else null. */
export async function viewerOfCustomerToken({ database }: Pick<Resources, 'database'>, token: string): Promise<Viewer | null> {
  const claims = await readClaims({ database }, token)
  if (!claims) return null
  const { sub: customerId, key: keyId, partner: partnerId } = claims
  const [customer, key] = await Promise.all([
    database.customer.findUnique({ where: { id: customerId }, select: { name: true } }),
    keyId === null ? null : database.apiKey.findUnique({ where: { id: keyId }, select: keyParts }),
  ])
  if (!customer || (keyId !== null && !(key && isValidKey(key)))) return null
  // By the customer, not by the token: another token brings no other budget, and repeats what was asked with the one before.
  const callerId = partnerId === null ? `customer:${customerId}` : `customer:${customerId}:${partnerId}`
  // Neither from a token does a partner learn who that is.
  const isNamed =
    partnerId === null || (await customersKnownByName({ database }, { role: 'CUSTOMER', customerId, partnerId }, [customerId])).length > 0
  const madeWith =
    partnerId !== null && key ? { callerId: keyId!, role: key.role, costPerMinute: key.costPerMinute, llmTokensPerDay: key.llmTokensPerDay } : null
  const name = (isNamed && customer.name) || 'Customer'
  return { callerId, keyId, name, role: 'CUSTOMER', agentId: null, customerId, partnerId, expiresAt: new Date(claims.exp * 1000), madeWith }
}

const keyParts = { role: true, revokedAt: true, expiresAt: true, costPerMinute: true, llmTokensPerDay: true } as const

async function readClaims({ database }: Pick<Resources, 'database'>, token: string): Promise<z.infer<typeof Claims> | null> {
  const options = { algorithms: ['HS256'], issuer: tokenIssuer, audience, requiredClaims: ['exp', 'sub'] }
  const verified = await jwtVerify(token, await tokenKey({ database }), options).catch(() => null)
  // Signed by us, so it is what we wrote.
  return verified && Claims.parse(verified.payload)
}

// A key of its own: what signs the links of surveys signs no tokens.
async function tokenKey({ database }: Pick<Resources, 'database'>): Promise<Uint8Array> {
  return new Uint8Array(hkdfSync('sha256', await signingSecret({ database }), '', 'understudy customer token', 32))
}
