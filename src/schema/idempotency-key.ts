import { createHash } from 'node:crypto'
import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from '../context.ts'

/** The key in the input, or one made from the request's own: of two fields in one request each has its own. */
export function idempotencyKeyOf(given: string | null | undefined, { viewer, idempotencyKey }: Context, { path }: GraphQLResolveInfo): string | null {
  if (given != null || idempotencyKey === undefined) return given ?? null
  return createHash('sha256')
    .update(JSON.stringify([viewer.callerId, idempotencyKey, path.key]))
    .digest('base64url')
}
