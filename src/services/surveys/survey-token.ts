import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Resources } from '../../resources.ts'
import { signingSecret } from '../access/signing-secret.ts'

const Payload = z.object({ survey: z.string().max(100), expires: z.number().int() })
const longestToken = 500

/** What the customer's survey link carries: the survey, until when, and our signature over both. */
export async function surveyToken({ database }: Pick<Resources, 'database'>, { id, expiresAt }: { id: string; expiresAt: Date }): Promise<string> {
  const payload = Buffer.from(JSON.stringify({ survey: id, expires: expiresAt.getTime() })).toString('base64url')
  return `${payload}.${sign(payload, await signingSecret({ database })).toString('base64url')}`
}

/** The survey that a token is for, or null when we did not sign it. Whether it has expired is for the caller to look at. */
export async function readSurveyToken(
  { database }: Pick<Resources, 'database'>,
  token: string,
): Promise<{ surveyId: string; expiresAt: Date } | null> {
  const [, payload, signature] = (token.length <= longestToken && /^([\w-]+)\.([\w-]{43})$/.exec(token)) || []
  if (!payload || !signature) return null
  const expected = sign(payload, await signingSecret({ database }))
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  // Signed by us, so it is what we wrote.
  const { survey, expires } = Payload.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return { surveyId: survey, expiresAt: new Date(expires) }
}

function sign(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(payload).digest()
}
