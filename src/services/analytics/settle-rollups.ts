import { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { happenings, measureColumns, sumColumns, sumHappenings } from './measures.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Hours that ended so long ago are rolled up. Rows younger than an hour mark nothing stale, so it has to be more. */
const openMs = 2 * hourMs
const setting = 'analytics-rolled-up-to'
const daysAtOnce = 7

export const hourOf = (time: Date) => new Date(Math.floor(time.getTime() / hourMs) * hourMs)
export const dayOf = (time: Date) => new Date(Math.floor(time.getTime() / dayMs) * dayMs)

/**
 * Brings the rollups up to what the rows say: hours that have ended since the last time, and hours in which something changed later. Returns up to
 * when they hold. One replica at a time; most of the time there is nothing to do, and no lock is taken.
 */
export async function settleRollups({ database }: Pick<Resources, 'database'>, now = new Date()): Promise<Date> {
  const end = hourOf(new Date(now.getTime() - openMs))
  const [state] = await database.$queryRaw<{ done: string | null; stale: boolean }[]>`
    SELECT (SELECT "value" FROM "Setting" WHERE "key" = ${setting}) AS done, EXISTS (SELECT 1 FROM "AnalyticsStale") AS stale`
  if (!state!.stale && state!.done !== null && new Date(state!.done) >= end) return new Date(state!.done)
  return database.$transaction((tx) => settle(tx, end), { timeout: 300_000, maxWait: 60_000 })
}

async function settle(tx: Transaction, end: Date): Promise<Date> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('understudy.analytics'))`
  const known = await tx.setting.findUnique({ where: { key: setting } })
  const done = known ? new Date(known.value) : await firstHour(tx, end)
  const upTo = done > end ? done : end
  const stale = await tx.$queryRaw<
    { at: Date }[]
  >`WITH gone AS (DELETE FROM "AnalyticsStale" RETURNING "at") SELECT DISTINCT "at" FROM gone WHERE "at" < ${done.toISOString()}::timestamptz ORDER BY "at"`
  for (let from = done; from < end; ) {
    const to = new Date(Math.min(end.getTime(), from.getTime() + daysAtOnce * dayMs))
    await rollUp(tx, from, to)
    from = to
  }
  for (const { at } of stale) await rollUp(tx, at, new Date(at.getTime() + hourMs))
  const days = new Set(stale.map(({ at }) => dayOf(at).getTime()))
  for (let day = dayOf(done).getTime(); day + dayMs <= upTo.getTime(); day += dayMs) days.add(day)
  for (const day of days) if (day + dayMs <= upTo.getTime()) await rollUpDay(tx, new Date(day))
  await tx.setting.upsert({ where: { key: setting }, create: { key: setting, value: upTo.toISOString() }, update: { value: upTo.toISOString() } })
  return upTo
}

async function firstHour(tx: Transaction, end: Date): Promise<Date> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`SELECT min("createdAt") AS at FROM "Conversation"`
  return row!.at && row!.at < end ? hourOf(row!.at) : end
}

async function rollUp(tx: Transaction, from: Date, to: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM "AnalyticsRollup" WHERE "period" = 'HOUR' AND "at" >= ${from.toISOString()}::timestamptz AND "at" < ${to.toISOString()}::timestamptz`
  await tx.$executeRaw`INSERT INTO "AnalyticsRollup" ("period", "at", "dimension", "key", ${measureColumns})
    SELECT 'HOUR', bucket, dimension, key, ${measureColumns} FROM (${sumHappenings(happenings(from, to), Prisma.sql`date_trunc('hour', at)`)}) AS summed`
}

/** From its hours, which are there. */
async function rollUpDay(tx: Transaction, day: Date): Promise<void> {
  const [from, to] = [day.toISOString(), new Date(day.getTime() + dayMs).toISOString()]
  await tx.$executeRaw`DELETE FROM "AnalyticsRollup" WHERE "period" = 'DAY' AND "at" = ${from}::timestamptz`
  await tx.$executeRaw`INSERT INTO "AnalyticsRollup" ("period", "at", "dimension", "key", ${measureColumns})
    SELECT 'DAY', ${from}::timestamptz, "dimension", "key", ${sumColumns} FROM "AnalyticsRollup"
    WHERE "period" = 'HOUR' AND "at" >= ${from}::timestamptz AND "at" < ${to}::timestamptz GROUP BY "dimension", "key"`
}
