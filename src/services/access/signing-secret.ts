import { randomBytes } from 'node:crypto'
import type { Resources } from '../../resources.ts'
import type { Database } from '../../stores/database.ts'

const key = 'signing-secret'
const known = new WeakMap<Database, string>()

/** Made once per database, so that every replica signs alike and a restart keeps links valid. It never changes, so it is read once. */
export async function signingSecret({ database }: Pick<Resources, 'database'>): Promise<string> {
  const secret = known.get(database) ?? (await readOrMake(database))
  known.set(database, secret)
  return secret
}

async function readOrMake(database: Database): Promise<string> {
  const stored = await database.setting.findUnique({ where: { key } })
  if (stored) return stored.value
  // Not an upsert: of two that come first at the same time, one would fail. Here the first one's stays.
  await database.setting.createMany({ data: [{ key, value: randomBytes(32).toString('base64url') }], skipDuplicates: true })
  return (await database.setting.findUniqueOrThrow({ where: { key } })).value
}
