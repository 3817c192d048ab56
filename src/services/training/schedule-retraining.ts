import { CronExpressionParser } from 'cron-parser'
import type { RetrainingSchedule } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInputError } from '../errors.ts'

const id = 'default'
const defaultMinimum = 10
const mostMinimum = 100_000
const leastMinutesApart = 5
const timesLookedAt = 50

/** From now on a retraining starts whenever the cron expression says, in UTC, if there are enough new examples. Null turns it off. */
export async function scheduleRetraining(
  { database, queue }: Pick<Resources, 'database' | 'queue'>,
  { cron, minimumExamples, by }: { cron: string | null; minimumExamples: number | null; by: Viewer | null },
): Promise<RetrainingSchedule | null> {
  const expression = cron === null ? null : checkCron(cron)
  const minimum = minimumExamples ?? defaultMinimum
  if (minimum < 1 || minimum > mostMinimum) throw new InvalidInputError(`minimumExamples is ${minimum}, and must be from 1 to ${mostMinimum}.`)
  return database.$transaction(async (tx) => {
    const earlier = await tx.retrainingSchedule.findUnique({ where: { id } })
    if (expression === null) await tx.retrainingSchedule.deleteMany({ where: { id } })
    const data = expression === null ? null : { cron: expression, minimumExamples: minimum }
    const stored = data && (await tx.retrainingSchedule.upsert({ where: { id }, create: { id, ...data }, update: data }))
    if (earlier?.cron !== stored?.cron || earlier?.minimumExamples !== stored?.minimumExamples)
      await recordAudit(tx, by, { action: 'scheduleRetraining', details: { cron: expression, minimumExamples: data && minimum } })
    await queue.schedule('schedule-retraining', expression, { transaction: tx })
    return stored
  })
}

/** When it is due next, in UTC. */
export function nextRunAt({ cron }: Pick<RetrainingSchedule, 'cron'>, from = new Date()): Date {
  return CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: from }).next().toDate()
}

/** Five fields, as in a crontab, and not too often: a retraining takes a while. */
export function checkCron(cron: string): string {
  const expression = cron.trim().replace(/\s+/g, ' ')
  const help = 'Give five fields in UTC: minute, hour, day of the month, month, day of the week; "0 3 * * *" is every day at three.'
  if (expression.length > 100 || expression.split(' ').length !== 5) throw new InvalidInputError(`cron does not have five fields. ${help}`)
  let times: number[]
  try {
    const parsed = CronExpressionParser.parse(expression, { tz: 'UTC' })
    times = Array.from({ length: timesLookedAt }, () => parsed.next().getTime())
  } catch {
    throw new InvalidInputError(`cron cannot be read, or names a time that never comes. ${help}`)
  }
  if (times.some((time, index) => index > 0 && time - times[index - 1]! < leastMinutesApart * 60_000))
    throw new InvalidInputError(`cron is due more often than every ${leastMinutesApart} minutes. ${help}`)
  return expression
}
