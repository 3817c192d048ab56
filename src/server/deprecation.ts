import type { KnownOperation } from '../stores/registered-operations.ts'

/** RFC 9745 and RFC 8594: that an operation will end, and when. */
export function deprecationHeaders(operation: KnownOperation): Record<string, string> {
  const { status, deprecatedAt, sunsetAt } = operation
  if (status !== 'DEPRECATED' || !deprecatedAt) return {}
  return { deprecation: `@${Math.floor(deprecatedAt.getTime() / 1000)}`, ...(sunsetAt && { sunset: sunsetAt.toUTCString() }) }
}

/** The same as part of an answer. */
export function deprecationOf({ status, deprecatedAt, sunsetAt }: KnownOperation): { deprecatedAt: Date; sunsetAt: Date | null } | null {
  return status === 'DEPRECATED' && deprecatedAt ? { deprecatedAt, sunsetAt } : null
}
