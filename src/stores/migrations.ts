import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('../../prisma/migrations/', import.meta.url)

export interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file in hex, as Prisma keeps it. */
  checksum: string
}

/** The two things a migration needs of a database: PGlite has both, and so does a `pg` client. */
export interface MigrationConnection {
  exec(sql: string): Promise<unknown>
  query<Row>(sql: string, values: unknown[]): Promise<{ rows: Row[] }>
}

export class NewerDatabaseError extends Error {
  constructor(names: string[]) {
    super(
      `The database was written by a newer version of Understudy: it has ${names.length === 1 ? 'a migration' : 'migrations'} that this version does not know (${names.join(', ')}). ` +
        'Start the newer version, or point DATA_DIR or DATABASE_URL at another database.',
    )
    this.name = 'NewerDatabaseError'
  }
}

export class BrokenMigrationError extends Error {
  constructor(name: string, reason: string) {
    super(
      `The database migration ${name} ${reason}. Restore the database from a backup, or repair it and run \`npx prisma migrate resolve\`, then start again.`,
    )
    this.name = 'BrokenMigrationError'
  }
}

export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings the database up to date, once, however many replicas start together: they queue for the advisory lock that Prisma's own
 * `migrate deploy` takes, and keep its `_prisma_migrations` table, so that both can be used on the same database.
 * Returns the names of what was applied.
 */
export async function applyMigrations(connection: MigrationConnection): Promise<string[]> {
  const migrations = await readMigrations()
  await connection.query('SELECT pg_advisory_lock(72707369)', [])
  try {
    await connection.exec(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
      "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`)
    const { rows } = await connection.query<{ migration_name: string; finished_at: Date | null; checksum: string }>(
      'SELECT migration_name, finished_at, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
      [],
    )
    const known = new Set(migrations.map(({ name }) => name))
    const unknown = rows.filter(({ migration_name }) => !known.has(migration_name))
    if (unknown.length > 0) throw new NewerDatabaseError(unknown.map(({ migration_name }) => migration_name))

    const applied = new Map(rows.map((row) => [row.migration_name, row]))
    const pending = migrations.filter(({ name, checksum }) => {
      const row = applied.get(name)
      if (row && !row.finished_at) throw new BrokenMigrationError(name, 'did not finish')
      if (row && row.checksum !== checksum) throw new BrokenMigrationError(name, 'was changed after it had been applied')
      return !row
    })
    for (const migration of pending) await applyOne(connection, migration)
    return pending.map(({ name }) => name)
  } finally {
    await connection.query('SELECT pg_advisory_unlock(72707369)', [])
  }
}

// The migration and its row commit together, so that a crash in between leaves neither.
async function applyOne(connection: MigrationConnection, { name, sql, checksum }: Migration): Promise<void> {
  await connection.exec('BEGIN')
  try {
    await connection.exec(sql)
    await connection.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await connection.exec('COMMIT')
  } catch (error) {
    await connection.exec('ROLLBACK')
    throw error
  }
}
