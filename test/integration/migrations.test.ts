import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { describe, expect, inject, it } from 'vitest'
import { migrationDiff } from '../../prisma/migration-diff.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { openDatabase } from '../../src/stores/database.ts'
import { applyMigrations, BrokenMigrationError, NewerDatabaseError, readMigrations } from '../../src/stores/migrations.ts'
import { createTestDatabase } from '../support/test-database.ts'

describe('migrations', () => {
  it('take an empty database to exactly what schema.prisma says, and a second time change nothing', async () => {
    const database = await PGlite.create()
    const applied = await applyMigrations(database)
    expect(applied).toEqual((await readMigrations()).map(({ name }) => name))
    expect(await migrationDiff(database)).toBe('')
    expect(await applyMigrations(database)).toEqual([])
    await database.close()
  })

  it('leave an embedded database as good in its first life as in later ones', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'understudy-first-life-'))
    const { client, close } = await openDatabase({ databaseUrl: undefined, dataDir, logger: createLogger({ level: 'silent', isTerminal: false }) })
    try {
      await client.article.create({ data: { slug: 'a', title: 'A', body: 'A', category: 'A', tags: ['one', 'two'] } })
      expect(await client.article.count({ where: { tags: { has: 'two' } } })).toBe(1)
      expect(await client.gapQuestion.count({ where: { sources: { has: 'UNCITED_CORRECTION' } } })).toBe(0)
    } finally {
      await close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('refuse a database that a newer version wrote, and one whose migration was changed', async () => {
    const database = await PGlite.create()
    await applyMigrations(database)
    await database.exec(`UPDATE "_prisma_migrations" SET checksum = 'other'`)
    await expect(applyMigrations(database)).rejects.toThrow(BrokenMigrationError)
    await database.exec(`UPDATE "_prisma_migrations" SET migration_name = '20990101000000_future'`)
    await expect(applyMigrations(database)).rejects.toThrow(NewerDatabaseError)
    await database.close()
  })

  it('are kept as the Prisma CLI keeps them', async () => {
    expect(await readFile(new URL('../../prisma/migrations/migration_lock.toml', import.meta.url), 'utf8')).toContain('provider = "postgresql"')
    for (const { name, checksum } of await readMigrations()) {
      expect(name).toMatch(/^\d{14}_[a-z0-9_]+$/)
      expect(checksum).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('can be started by several replicas at once', async (context) => {
    const kind = inject('database')
    if (kind.kind !== 'postgres') return context.skip('the embedded database has one process')
    const { environment, remove } = await createTestDatabase()
    const logger = createLogger({ level: 'silent', isTerminal: false })
    const { client, close } = await openDatabase({ databaseUrl: environment.DATABASE_URL, dataDir: environment.DATA_DIR!, logger })
    await client.$executeRawUnsafe('DROP SCHEMA public CASCADE')
    await client.$executeRawUnsafe('CREATE SCHEMA public')
    await close()
    const opened = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ databaseUrl: environment.DATABASE_URL, dataDir: environment.DATA_DIR!, logger })),
    )
    const rows = await opened[0]!.client.$queryRawUnsafe<{ count: bigint }[]>(
      'SELECT count(*) FROM "_prisma_migrations" WHERE finished_at IS NOT NULL',
    )
    expect(Number(rows[0]!.count)).toBe((await readMigrations()).length)
    for (const one of opened) await one.close()
    await remove()
  })
})
