import type { DraftStatus, Prisma, RunStatus } from '../generated/prisma/client.ts'
import type { Database, Transaction } from './database.ts'

export interface LoggedEvent {
  /** +1 from 1, without gaps. */
  seq: number
  type: string
  data: Prisma.JsonObject
  at: Date
}

export const draftTopic = (draftId: string) => `draft:${draftId}`
/** Any conversation: what changed is in the timelines. */
export const conversationsTopic = 'conversations'
export const runTopic = (runId: string) => `run:${runId}`

/** How long a writer may be silent before its draft counts as abandoned. */
export const leaseSeconds = 10

/**
 * Appends one event, and its text to the draft, in one statement, if the draft is still in one of the statuses. Returns it, or null
 * when somebody else has moved the draft on: the row lock decides who was first.
 */
export async function appendDraftEvent(
  database: Database | Transaction,
  { draftId, type, data, text = '', whileIn }: { draftId: string; type: string; data: Prisma.JsonObject; text?: string; whileIn: DraftStatus[] },
): Promise<LoggedEvent | null> {
  const json = JSON.stringify(data)
  const [written] = await database.$queryRaw<Pick<LoggedEvent, 'seq' | 'at'>[]>`
    WITH draft AS (
      UPDATE "Draft" SET "lastSeq" = "lastSeq" + 1, "text" = "text" || ${text}::text, "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int)
      WHERE "id" = ${draftId} AND "status"::text = ANY(${whileIn}::text[]) RETURNING "lastSeq"
    )
    INSERT INTO "DraftEvent" ("draftId", "seq", "type", "data") SELECT ${draftId}, "lastSeq", ${type}, ${json}::jsonb FROM draft RETURNING "seq", "at"`
  // As a reader of the log gets it.
  return written ? { seq: written.seq, type, data: JSON.parse(json), at: written.at } : null
}

/** Says that its writer lives, by the database's clock as every lease: those of two machines differ. False when the draft is no longer being written. */
export async function renewLease(database: Database, draftId: string): Promise<boolean> {
  const renewed = await database.$executeRaw`
    UPDATE "Draft" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int) WHERE "id" = ${draftId} AND "status" = 'STREAMING'`
  return renewed > 0
}

/** Those whose writer has been silent for longer than its lease. */
export async function findAbandonedDrafts(database: Database, limit: number): Promise<{ id: string }[]> {
  return database.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Draft" WHERE "status" = 'STREAMING' AND "leaseUntil" < now() LIMIT ${limit}::int`
}

/** Whether it still is one. Holds the draft, so that a renewal in the same moment comes before, and counts, or after, and finds it ended. */
export async function holdIfAbandoned(tx: Transaction, draftId: string): Promise<boolean> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Draft" WHERE "id" = ${draftId} AND "status" = 'STREAMING' AND "leaseUntil" < now() FOR NO KEY UPDATE`
  return held.length > 0
}

export async function appendRunEvent(
  database: Database | Transaction,
  { runId, type, data, whileIn }: { runId: string; type: string; data: Prisma.JsonObject; whileIn: RunStatus[] },
): Promise<number | null> {
  const rows = await database.$queryRaw<{ seq: number }[]>`
    WITH run AS (
      UPDATE "Run" SET "lastSeq" = "lastSeq" + 1 WHERE "id" = ${runId} AND "status"::text = ANY(${whileIn}::text[]) RETURNING "lastSeq"
    )
    INSERT INTO "RunEvent" ("runId", "seq", "type", "data") SELECT ${runId}, "lastSeq", ${type}, ${JSON.stringify(data)}::jsonb FROM run RETURNING "seq"`
  return rows[0]?.seq ?? null
}

/** At most `limit` events after `afterSeq`, in order; null when there is no such draft. One statement by hand: followers ask it for every event. */
export async function readDraftEvents(database: Database, draftId: string, afterSeq: number, limit: number): Promise<LoggedEvent[] | null> {
  const rows = await database.$queryRaw<(LoggedEvent | { seq: null })[]>`
    SELECT e."seq", e."type", e."data", e."at" FROM "Draft" d
    LEFT JOIN LATERAL (SELECT * FROM "DraftEvent" WHERE "draftId" = d."id" AND "seq" > ${afterSeq} ORDER BY "seq" LIMIT ${limit}) e ON true
    WHERE d."id" = ${draftId} ORDER BY e."seq"`
  if (rows.length === 0) return null
  return rows.filter((row) => row.seq !== null)
}

/** At most `limit` events after `afterSeq`, in order. */
export async function readRunEvents(database: Database, runId: string, afterSeq: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await database.runEvent.findMany({ where: { runId, seq: { gt: afterSeq } }, orderBy: { seq: 'asc' }, take: limit })
  return rows.map(({ seq, type, data, at }) => ({ seq, type, data: data as Prisma.JsonObject, at }))
}
