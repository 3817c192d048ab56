import type { PGlite } from '@electric-sql/pglite'
import type { Logger } from '../lib/logger.ts'

/** As autovacuum has it: a table is due when so many rows, and this share of those that live, are dead. */
const mostDeadRows = 1_000
const mostDeadShare = 0.2

/**
 * A PostgreSQL server vacuums by itself; the embedded one has no process for it, so that dead rows would stay for ever and the planner would never
 * learn how large a table is. One table after the other, so that no request waits for more than one. Returns their names.
 */
export async function vacuumDue(pglite: Pick<PGlite, 'query' | 'exec'>): Promise<string[]> {
  const { rows } = await pglite.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
     WHERE n_dead_tup > $1::int + $2::float8 * n_live_tup OR n_mod_since_analyze > $1::int + $2::float8 * n_live_tup ORDER BY n_dead_tup DESC`,
    [mostDeadRows, mostDeadShare],
  )
  for (const { name } of rows) await pglite.exec(`VACUUM (ANALYZE) ${name}`)
  return rows.map(({ name }) => name)
}

/** Looks each minute until the returned function is called, which waits for a vacuum that runs. */
export function keepVacuumed(pglite: PGlite, logger: Logger): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = vacuumDue(pglite).then(
      (tables) => tables.length > 0 && logger.debug({ tables }, 'database vacuumed'),
      (error: unknown) => logger.warn({ err: error }, 'the embedded database could not be vacuumed'),
    )
  }, 60_000)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
