import { createHmac } from 'node:crypto'
import type { Resources } from '../../resources.ts'
import { signingSecret } from '../access/signing-secret.ts'

/** What a receiver verifies with. Derived, so that no table holds it and every replica knows it; the same for a version as long as the server's own secret is. */
export async function webhookSecret({ database }: Pick<Resources, 'database'>, { id, version }: { id: string; version: number }): Promise<string> {
  const key = createHmac('sha256', await signingSecret({ database }))
    .update(`webhook:${id}:${version}`)
    .digest('base64')
  return `whsec_${key}`
}
