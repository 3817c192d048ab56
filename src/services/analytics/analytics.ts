import { Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { InvalidInputError } from '../errors.ts'
import { addSums, type Dimension, happenings, measureColumns, noSums, type Sums, sumColumns, sumHappenings } from './measures.ts'
import { dayOf, hourOf, settleRollups } from './settle-rollups.ts'

export type AnalyticsInterval = 'HOUR' | 'DAY' | 'WEEK'

export interface AnalyticsQuery {
  from: Date
  to: Date
  interval: AnalyticsInterval
  /** IANA, for the edges of days and weeks. */
  timeZone: string
}

export interface Analytics {
  totals: Sums
  /** One a bucket, also where nothing happened; `at` is its start, and the first may begin before `from`. */
  series: { at: Date; sums: Sums }[]
  /** Most conversations or replies first. */
  byIntent: Keyed[]
  byModelVersion: Keyed[]
  byAgent: Keyed[]
  escalationReasons: Keyed[]
}

export interface Keyed {
  key: string
  sums: Sums
}

type Row = Sums & { bucket: Date | null; dimension: Dimension; key: string }

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostDays = 400
const mostDaysByHour = 31
const mostKeys = 100

/**
 * What happened from `from` up to `to`, computed by the database from the rows: whole hours and days that are over from their rollups, the edges
 * and the last hours from the rows themselves. An edge in the middle of an hour cuts it there.
 */
export async function readAnalytics({ database }: Pick<Resources, 'database'>, query: AnalyticsQuery): Promise<Analytics> {
  checkQuery(query)
  const { from, to, interval, timeZone } = query
  const settled = await settleRollups({ database })
  const bucket = bucketOf(interval, timeZone)
  const [rows, starts] = await Promise.all([
    database.$queryRaw<
      Row[]
    >`SELECT bucket, dimension, key, ${sumColumns} FROM (${parts({ from, to, settled, bucket, isWholeHours: isWholeHours(query) })}) AS summed GROUP BY bucket, dimension, key`,
    bucketStarts(database, query),
  ])
  const series = new Map(starts.map((at) => [at.getTime(), noSums]))
  const byDimension = new Map<Dimension, Map<string, Sums>>()
  for (const { bucket: at, dimension, key, ...sums } of rows) {
    if (dimension === 'ALL' && at) series.set(at.getTime(), addSums(series.get(at.getTime()) ?? noSums, sums))
    const keys = byDimension.get(dimension) ?? new Map<string, Sums>()
    keys.set(key, addSums(keys.get(key) ?? noSums, sums))
    byDimension.set(dimension, keys)
  }
  const keyed = (dimension: Dimension) =>
    Array.from(byDimension.get(dimension) ?? [], ([key, sums]) => ({ key, sums }))
      .sort((a, b) => weightOf(b.sums) - weightOf(a.sums) || (a.key < b.key ? -1 : 1))
      .slice(0, mostKeys)
  return {
    totals: byDimension.get('ALL')?.get('') ?? noSums,
    series: Array.from(series, ([at, sums]) => ({ at: new Date(at), sums })).sort((a, b) => a.at.getTime() - b.at.getTime()),
    byIntent: keyed('INTENT'),
    byModelVersion: keyed('MODEL_VERSION'),
    byAgent: keyed('AGENT'),
    escalationReasons: keyed('REASON'),
  }
}

const weightOf = ({ conversations, drafts, sent, escalated }: Sums) => conversations + drafts + sent + escalated

function checkQuery({ from, to, interval, timeZone }: AnalyticsQuery): void {
  if (!(from < to)) throw new InvalidInputError('from must be before to.')
  const days = (to.getTime() - from.getTime()) / dayMs
  const most = interval === 'HOUR' ? mostDaysByHour : mostDays
  if (days > most)
    throw new InvalidInputError(
      `From and to are ${Math.ceil(days)} days apart, and at most ${most} can be asked for by ${interval}. ${interval === 'HOUR' ? 'Ask by DAY, or for less.' : 'Ask for less.'}`,
    )
  if (!isTimeZone(timeZone))
    throw new InvalidInputError('timeZone is none that is known. Give a name of the IANA database such as Europe/Berlin, or UTC.')
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Offsets such as +05:30 mean the opposite to PostgreSQL.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function bucketOf(interval: AnalyticsInterval, timeZone: string): Prisma.Sql {
  if (interval === 'HOUR') return Prisma.sql`date_trunc('hour', at)`
  return Prisma.sql`date_trunc(${interval === 'DAY' ? 'day' : 'week'}, at AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`
}

/** Where clocks go in steps of an hour from UTC all the time, an hour belongs to one day. */
function isWholeHours({ from, to, interval, timeZone }: AnalyticsQuery): boolean {
  if (interval === 'HOUR' || timeZone === 'UTC') return true
  const minutes = new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric' })
  for (let time = from.getTime(); time <= to.getTime() + dayMs; time += dayMs) if (Number(minutes.format(hourOf(new Date(time)))) !== 0) return false
  return true
}

/** The rows of a range: whole days and hours that are settled from the rollups, the rest from the tables. */
function parts({
  from,
  to,
  settled,
  bucket,
  isWholeHours: usesHours,
}: {
  from: Date
  to: Date
  settled: Date
  bucket: Prisma.Sql
  isWholeHours: boolean
}): Prisma.Sql {
  const raw = (start: Date, end: Date) => (start < end ? [Prisma.sql`SELECT * FROM (${sumHappenings(happenings(start, end), bucket)}) AS edge`] : [])
  const firstHour = new Date(Math.ceil(from.getTime() / hourMs) * hourMs)
  const lastHour = new Date(Math.min(hourOf(to).getTime(), settled.getTime()))
  if (!usesHours || firstHour >= lastHour) return Prisma.join(raw(from, to), ' UNION ALL ')
  const firstDay = new Date(Math.ceil(firstHour.getTime() / dayMs) * dayMs)
  const lastDay = dayOf(lastHour)
  const hasDays = firstDay < lastDay
  const rollup = (period: 'HOUR' | 'DAY', start: Date, end: Date, dimension: Prisma.Sql, at: Prisma.Sql) =>
    start < end
      ? [
          Prisma.sql`SELECT ${at} AS bucket, "dimension", "key", ${measureColumns} FROM "AnalyticsRollup" WHERE "period" = ${period}
            AND "at" >= ${start.toISOString()}::timestamptz AND "at" < ${end.toISOString()}::timestamptz AND ${dimension}`,
        ]
      : []
  const all = Prisma.sql`"dimension" = 'ALL'`
  const others = Prisma.sql`"dimension" <> 'ALL'`
  const none = Prisma.sql`NULL::timestamptz`
  return Prisma.join(
    [
      ...raw(from, firstHour),
      ...rollup('HOUR', firstHour, lastHour, all, bucket),
      ...(hasDays
        ? [
            ...rollup('HOUR', firstHour, firstDay, others, none),
            ...rollup('DAY', firstDay, lastDay, others, none),
            ...rollup('HOUR', lastDay, lastHour, others, none),
          ]
        : rollup('HOUR', firstHour, lastHour, others, none)),
      ...raw(lastHour, to),
    ],
    ' UNION ALL ',
  )
}

/** In local time, so that a day of 23 or 25 hours is one bucket. */
async function bucketStarts(database: Resources['database'], { from, to, interval, timeZone }: AnalyticsQuery): Promise<Date[]> {
  const [start, end, zone] = [from.toISOString(), to.toISOString(), interval === 'HOUR' ? 'UTC' : timeZone]
  const unit = interval.toLowerCase()
  const rows = await database.$queryRaw<{ at: Date }[]>`
    SELECT local AT TIME ZONE ${zone} AS at FROM generate_series(date_trunc(${unit}, ${start}::timestamptz AT TIME ZONE ${zone}),
      ${end}::timestamptz AT TIME ZONE ${zone}, ${`1 ${unit}`}::interval) AS local
    WHERE local AT TIME ZONE ${zone} < ${end}::timestamptz ORDER BY 1`
  return rows.map(({ at }) => at)
}
