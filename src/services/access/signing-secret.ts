import { randomBytes } from 'node:crypto'
import type { Resources } from '../../resources.ts'

const key = 'signing-secret'

/** Made once per database, so that every replica signs alike and a restart keeps links valid. */
export async function signingSecret({ database }: Pick<Resources, 'database'>): Promise<string> {
  const known = await database.setting.findUnique({ where: { key } })
  if (known) return known.value
  // Not an upsert: of two that come first at the same time, one would fail. Here the first one's stays.
  await database.setting.createMany({ data: [{ key, value: randomBytes(32).toString('base64url') }], skipDuplicates: true })
  return (await database.setting.findUniqueOrThrow({ where: { key } })).value
}
