import { type Draft, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import type { LoggedEvent } from '../../stores/event-log.ts'
import { isStaff, type Viewer } from '../access/viewer.ts'

/**
 * A draft of an experiment counts from the moment its finished text is shown to somebody of the team, once, however often that happens: read while it is
 * READY, followed to its end, edited, sent or rejected. Before that nobody can have acted by it, and a draft that nobody saw says nothing of its variant.
 */
export async function recordExposure(
  database: Database | Transaction,
  draftIds: string[],
  { onlyReady = false }: { onlyReady?: boolean } = {},
): Promise<void> {
  const ready = onlyReady ? Prisma.sql`AND "status" = 'READY'` : Prisma.empty
  await database.$executeRaw`INSERT INTO "Exposure" ("draftId")
    SELECT "id" FROM "Draft" WHERE "id" = ANY(${draftIds}::text[]) AND "variantId" IS NOT NULL ${ready} ON CONFLICT DO NOTHING`
}

/** Whether reading its text shows it to somebody whom it counts for. */
export function isExposed(viewer: Viewer, { status, variantId }: Pick<Draft, 'status' | 'variantId'>): boolean {
  return variantId !== null && status === 'READY' && isStaff(viewer)
}

/** For one that follows a draft: with its last event they have seen all of it. */
export async function exposeIfShown(
  resources: Pick<Resources, 'database' | 'logger'>,
  { draftId, event, viewer }: { draftId: string; event: Pick<LoggedEvent, 'type' | 'data'>; viewer: Viewer },
): Promise<void> {
  if (event.type === 'DraftCompleted' && event.data.variantId !== undefined && isStaff(viewer)) await recordExposureQuietly(resources, [draftId])
}

/** As `recordExposure`, where the draft itself must be shown whatever happens: what was not counted now is when it is read again, or sent. */
export async function recordExposureQuietly({ database, logger }: Pick<Resources, 'database' | 'logger'>, draftIds: string[]): Promise<void> {
  await recordExposure(database, draftIds, { onlyReady: true }).catch((error: unknown) =>
    logger.error({ err: error, draftIds }, 'that drafts were shown could not be recorded'),
  )
}
