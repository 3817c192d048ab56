import { type ConstructorOptions, fromPrisma, type Job, PgBoss, type WorkOptions } from 'pg-boss'
import type { Logger } from '../lib/logger.ts'
import type { Database, Transaction } from './database.ts'
import { type JobName, type JobPayload, jobContracts } from './job-contracts.ts'

export interface SendOptions {
  /** The job exists when this transaction commits. Inside a transaction it must be given: PGlite has one connection and would wait for itself. */
  transaction?: Transaction
  afterSeconds?: number
  /** Of all jobs of this name that are sent so, one in so many seconds is kept. */
  atMostEverySeconds?: number
  /** One that comes too soon for that is kept for the next such time, so that what it is about is not missed. */
  orNextTime?: boolean
}

export interface Queue {
  send<Name extends JobName>(name: Name, payload: JobPayload<Name>, options?: SendOptions): Promise<void>
  /**
   * Calls the handler for each job. One that throws is tried again, with growing pauses, up to `retryLimit` times; one that was interrupted by
   * `stop` comes back as a new job, as often as it happens.
   */
  work<Name extends JobName>(name: Name, options: { concurrency: number }, handler: JobHandler<Name>): Promise<JobWorkers>
  /** One job whenever the cron expression is due, in UTC, whichever replica looks first; null ends that. */
  schedule(name: JobName, cron: string | null, options: { transaction: Transaction }): Promise<void>
  /** The jobs that wait or run. One that is sent or ends meanwhile may be missing or too many: ask after what they are about. */
  liveJobs<Name extends JobName>(name: Name, options: { transaction: Transaction | Database }): Promise<LiveJob<Name>[]>
  /** No new jobs; waits for those that run, and aborts their signals when the time is up. A second call does nothing. */
  stop(options: { timeoutMs: number }): Promise<void>
}

export interface JobWorkers {
  /** So many jobs at once from now on. With fewer, those that run go on to their end. */
  resize(concurrency: number): Promise<void>
}

export type JobHandler<Name extends JobName> = (payload: JobPayload<Name>, job: { signal: AbortSignal; isLastTry: boolean }) => Promise<void>

export interface LiveJob<Name extends JobName> {
  payload: JobPayload<Name>
  /** A worker has it, or had it a few seconds ago. */
  isActive: boolean
}

const retryLimit = 3
const mostLiveJobs = 10_000

/** Jobs live in the same database as the data they are about, so that both commit together or not at all. */
export async function openQueue({
  connection,
  isEmbedded,
  logger,
}: {
  connection: ConstructorOptions
  isEmbedded: boolean
  logger: Logger
}): Promise<Queue> {
  const boss = new PgBoss({ ...connection, useListenNotify: true, superviseIntervalSeconds: 15, monitorVacuum: false, reindex: false })
  boss.on('error', (error) => logger.error({ reason: error.message }, 'queue error'))
  boss.on('warning', ({ message }) => logger.warn({ reason: message }, 'queue warning'))
  await boss.start()
  for (const name of Object.keys(jobContracts)) {
    // A worker that dies stops its heartbeat, and the job goes to another one.
    await boss.createQueue(name, {
      notify: true,
      retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      heartbeatSeconds: 15,
      expireInSeconds: 3600,
      deleteAfterSeconds: 3600,
    })
    if (isEmbedded) await sendInterruptedAgain(boss, name)
  }
  const interruption = new AbortController()
  let stopping: Promise<void> | null = null
  return {
    async send(name, payload, { transaction, afterSeconds, atMostEverySeconds, orNextTime = false } = {}) {
      await boss.send(name, payload, {
        ...(transaction && { db: fromPrisma(transaction) }),
        ...(afterSeconds && { startAfter: afterSeconds }),
        ...(atMostEverySeconds && { singletonSeconds: atMostEverySeconds, singletonNextSlot: orNextTime }),
      })
    },
    async work(name, { concurrency }, handler) {
      // A pg-boss worker sleeps after a job until it is notified; one worker a slot, each waking itself, keeps every slot busy.
      const options: WorkOptions = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2, heartbeatRefreshSeconds: 5, includeMetadata: true }
      const slots: string[] = []
      async function addSlot(): Promise<void> {
        let workerId: string | undefined
        workerId = await boss.work(name, options, async ([job]: Job<object>[]) => {
          if (!job) return
          try {
            const payload = jobContracts[name].parse(job.data) as JobPayload<typeof name>
            await handler(payload, { signal: AbortSignal.any([job.signal, interruption.signal]), isLastTry: job.retryCount >= retryLimit })
          } catch (error) {
            // Stopping the server is no failure of the job: as a retry it would use up its tries.
            if (!interruption.signal.aborted) throw error
            await boss.send(name, job.data)
          } finally {
            if (workerId) boss.notifyWorker(workerId)
          }
        })
        slots.push(workerId)
      }
      async function resize(size: number): Promise<void> {
        while (slots.length < size && !stopping) await addSlot()
        while (slots.length > size && !stopping) await boss.offWork(name, { id: slots.pop()!, wait: false })
      }
      await resize(concurrency)
      let last = Promise.resolve()
      return {
        resize(size) {
          last = last.catch(() => {}).then(() => resize(size))
          return last
        },
      }
    },
    async schedule(name, cron, { transaction }) {
      const db = fromPrisma(transaction)
      if (cron === null) await boss.unschedule(name, '', { db })
      else await boss.schedule(name, cron, {}, { tz: 'UTC', db })
    },
    async liveJobs(name, { transaction }) {
      const rows = await transaction.$queryRaw<{ data: unknown; state: string }[]>`
        SELECT data, state::text FROM pgboss.job WHERE name = ${name} AND state IN ('created', 'retry', 'active') LIMIT ${mostLiveJobs}`
      return rows.map(({ data, state }) => ({ payload: jobContracts[name].parse(data) as JobPayload<typeof name>, isActive: state === 'active' }))
    },
    stop({ timeoutMs }) {
      const timer = setTimeout(() => interruption.abort(), timeoutMs)
      // A second on top, in which what was interrupted writes down how it ended.
      stopping ??= boss.stop({ graceful: true, timeout: timeoutMs + 1_000, close: true })
      return stopping.finally(() => clearTimeout(timer))
    },
  }
}

// The embedded database has one process, and that is just starting: whatever is active belonged to one that died. A new job first: a crash
// between the two leaves one too many, which finds nothing to do.
async function sendInterruptedAgain(boss: PgBoss, name: string): Promise<void> {
  const active = (await boss.findJobs<object>(name)).filter(({ state }) => state === 'active')
  for (const { data } of active) await boss.send(name, data)
  if (active.length > 0)
    await boss.complete(
      name,
      active.map(({ id }) => id),
    )
}
