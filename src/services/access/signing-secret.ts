import { randomBytes } from 'node:crypto'
import type { Resources } from '../../resources.ts'

/** Made once per database, so that every replica signs alike and a restart keeps links valid. */
export async function signingSecret({ database }: Pick<Resources, 'database'>): Promise<string> {
  const { value } = await database.setting.upsert({
    where: { key: 'signing-secret' },
    create: { key: 'signing-secret', value: randomBytes(32).toString('base64url') },
    update: {},
  })
  return value
}
