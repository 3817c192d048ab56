import { createHmac, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import type { Resources } from '../../resources.ts'
import { signingSecret } from './signing-secret.ts'

const longestToken = 500

/** What a link carries that needs no key: a payload and our signature over it. */
export async function signToken({ database }: Pick<Resources, 'database'>, payload: object): Promise<string> {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return `${encoded}.${sign(encoded, await signingSecret({ database })).toString('base64url')}`
}

/** The payload, or null when we did not sign it, or signed it for something else. Whether it has expired is for the caller to look at. */
export async function readToken<Payload>(
  { database }: Pick<Resources, 'database'>,
  token: string,
  shape: z.ZodType<Payload>,
): Promise<Payload | null> {
  const [, encoded, signature] = (token.length <= longestToken && /^([\w-]+)\.([\w-]{43})$/.exec(token)) || []
  if (!encoded || !signature) return null
  const expected = sign(encoded, await signingSecret({ database }))
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  // Signed by us, so it is JSON; of what kind, its fields say.
  const parsed = shape.safeParse(JSON.parse(Buffer.from(encoded, 'base64url').toString()))
  return parsed.success ? parsed.data : null
}

function sign(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(payload).digest()
}
