import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

/** From 1 for the next one to be written; null once it is being written. */
export async function queuePosition(
  { database }: Pick<Resources, 'database'>,
  { id, status, createdAt }: Pick<Draft, 'id' | 'status' | 'createdAt'>,
): Promise<number | null> {
  if (status !== 'QUEUED') return null
  const before = await database.draft.count({ where: { status: 'QUEUED', OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] } })
  return before + 1
}
