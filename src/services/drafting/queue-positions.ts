import type { Resources } from '../../resources.ts'

/** Of those that are waiting, from 1 for the next one to be written. */
export async function queuePositions({ database }: Pick<Resources, 'database'>, draftIds: string[]): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ id: string; position: number }[]>`
    SELECT "id", "position" FROM (
      SELECT "id", row_number() OVER (ORDER BY "createdAt", "id")::int AS "position" FROM "Draft" WHERE "status" = 'QUEUED'
    ) AS waiting WHERE "id" = ANY(${draftIds})`
  return new Map(rows.map(({ id, position }) => [id, position]))
}
