import type { Prisma } from '../../generated/prisma/client.ts'

/** Keys that open the door now. */
export function validKey(now = new Date()) {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] } satisfies Prisma.ApiKeyWhereInput
}

export function isValidKey({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }, now = new Date()): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}
