import { setImmediate as nextTurn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type ConstructorOptions, fromPglite } from 'pg-boss'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { connectionFailure } from '../lib/connection-failure.ts'
import type { Logger } from '../lib/logger.ts'
import { databaseFolder, holdDataFolder } from './data-folder.ts'
import { keepVacuumed } from './keep-vacuumed.ts'
import { applyMigrations, BrokenMigrationError, NewerDatabaseError } from './migrations.ts'
import { shareFetches } from './share-fetches.ts'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

export interface OpenDatabase {
  client: Database
  /** How the queue reaches the same database. */
  queueConnection: ConstructorOptions
  /** One process, one connection; nothing else can be writing. */
  isEmbedded: boolean
  close(): Promise<void>
}

export class DatabaseUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseUnavailableError'
  }
}

// Few and stable query shapes keep the cache small; PGlite's one connection makes transactions wait for each other.
const longestWaitMs = 30_000
const clientOptions = { transactionOptions: { maxWait: longestWaitMs, timeout: 20_000 } }
const connectTimeoutMs = 5_000

export function openDatabase({
  databaseUrl,
  dataDir,
  logger,
}: {
  databaseUrl: string | undefined
  dataDir: string
  logger: Logger
}): Promise<OpenDatabase> {
  return databaseUrl ? openServer(databaseUrl, logger) : openEmbedded(dataDir, logger)
}

// All of the buffers is in memory from the start. PostgreSQL's 128 MB would hold what the operating system's cache holds already.
const ownStartParams = ['-c', 'shared_buffers=32MB']

async function openEmbedded(dataDir: string, logger: Logger): Promise<OpenDatabase> {
  const release = holdDataFolder(dataDir)
  let pglite: PGlite | undefined
  try {
    pglite = withTurns(await PGlite.create({ dataDir: databaseFolder(dataDir), startParams: [...PGlite.defaultStartParams, ...ownStartParams] }))
    const applied = await applyMigrations(pglite)
    // It learns the types of lists when it opens; those of enums that were just made it would write and read as plain text.
    if (applied.length > 0) await pglite.refreshArrayTypes()
    if (applied.length > 0) logger.info({ migrations: applied }, 'database migrated')
  } catch (error) {
    await pglite?.close().catch(() => {})
    release()
    if (error instanceof NewerDatabaseError || error instanceof BrokenMigrationError) throw error
    throw new DatabaseUnavailableError(
      `The embedded database in ${dataDir} cannot be opened (${connectionFailure(error)}). Restore the folder from a backup, or move it away to start with an empty one.`,
      { cause: error },
    )
  }
  const connection = pglite
  const client = new PrismaClient({ ...clientOptions, adapter: new PrismaPGlite(connection) })
  const stopVacuuming = keepVacuumed(connection, logger)
  return {
    client,
    queueConnection: { db: shareFetches(fromPglite(connection)), backend: 'pglite' },
    isEmbedded: true,
    async close() {
      await stopVacuuming()
      await client.$disconnect()
      await connection.close()
      release()
    },
  }
}

const longestTurnMs = 5

/**
 * PGlite computes on this thread, and hands over from statement to statement in microtasks: a hundred that wait would run in one turn of the event
 * loop, and no socket and no timer would be heard until the last one is done. So a statement waits for the next turn when this one has lasted.
 */
function withTurns(pglite: PGlite): PGlite {
  const run = pglite.execProtocolRaw
  let turnStartedAt = 0
  pglite.execProtocolRaw = async (...statement) => {
    if (performance.now() - turnStartedAt > longestTurnMs) {
      await nextTurn()
      turnStartedAt = performance.now()
    }
    return run.apply(pglite, statement)
  }
  return pglite
}

async function openServer(databaseUrl: string, logger: Logger): Promise<OpenDatabase> {
  // The time counts for those too who wait for a connection to come free, as in a burst for one conversation.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: longestWaitMs })
  // Without a listener a dropped idle connection ends the process.
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'database connection lost'))
  try {
    const connection = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectTimeoutMs })
    connection.on('error', (error) => logger.warn({ reason: error.message }, 'database connection lost'))
    try {
      await connection.connect()
      const applied = await applyMigrations({ exec: (sql) => connection.query(sql), query: (sql, values) => connection.query(sql, values) as never })
      if (applied.length > 0) logger.info({ migrations: applied }, 'database migrated')
    } finally {
      await connection.end()
    }
  } catch (error) {
    await pool.end()
    if (error instanceof NewerDatabaseError || error instanceof BrokenMigrationError) throw error
    const { host, pathname } = new URL(databaseUrl)
    throw new DatabaseUnavailableError(
      `The database ${pathname.slice(1)} at ${host} cannot be used (${connectionFailure(error)}). Check DATABASE_URL and that PostgreSQL is running, or unset it to use the embedded database.`,
      { cause: error },
    )
  }
  const client = new PrismaClient({ ...clientOptions, adapter: new PrismaPg(pool) })
  return {
    client,
    queueConnection: { connectionString: databaseUrl, max: 4 },
    isEmbedded: false,
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  }
}
