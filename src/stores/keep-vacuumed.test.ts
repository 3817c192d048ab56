import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, it, vi } from 'vitest'
import { vacuumDue } from './keep-vacuumed.ts'

const pglite = await PGlite.create()
afterAll(() => pglite.close())

it('frees the rows of tables that changed much, and leaves the others alone', async () => {
  await pglite.exec('CREATE TABLE "Busy" (id int); CREATE TABLE "Calm" (id int); INSERT INTO "Calm" SELECT generate_series(1, 100)')
  await pglite.exec('INSERT INTO "Busy" SELECT generate_series(1, 2000)')
  await pglite.exec('UPDATE "Busy" SET id = id + 1')
  // PostgreSQL counts at most once a second.
  await vi.waitFor(async () => expect(await vacuumDue(pglite)).toEqual(['public."Busy"']), { timeout: 5_000 })
  const { rows } = await pglite.query(`SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'Busy'`)
  expect(rows).toEqual([{ dead: 0 }])
  expect(await vacuumDue(pglite)).toEqual([])
})
