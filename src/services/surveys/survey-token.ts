import { createHmac } from 'node:crypto'
import type { Resources } from '../../resources.ts'
import { signingSecret } from '../access/signing-secret.ts'

/** What the customer's survey link carries: the survey, until when, and our signature over both. */
export async function surveyToken({ database }: Pick<Resources, 'database'>, { id, expiresAt }: { id: string; expiresAt: Date }): Promise<string> {
  const payload = Buffer.from(JSON.stringify({ survey: id, expires: expiresAt.getTime() })).toString('base64url')
  const signature = createHmac('sha256', await signingSecret({ database }))
    .update(payload)
    .digest('base64url')
  return `${payload}.${signature}`
}
