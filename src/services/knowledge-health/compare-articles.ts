import type { Resources } from '../../resources.ts'

/** Placeholder while gaps land first. */
export async function compareArticles(
  { database }: Pick<Resources, 'database' | 'vectors' | 'embedder' | 'logger'>,
  { signal }: { signal: AbortSignal },
): Promise<string[]> {
  signal.throwIfAborted()
  const changed = await database.$queryRaw<{ id: string; version: number }[]>`
    SELECT "id", "version" FROM "Article" WHERE "checkedVersion" IS DISTINCT FROM "version" AND "indexState" <> 'PENDING'`
  for (const { id, version } of changed) await database.$executeRaw`UPDATE "Article" SET "checkedVersion" = ${version} WHERE "id" = ${id}`
  return changed.map(({ id }) => id)
}
