import { mkdir, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { readMigrations } from '../src/stores/migrations.ts'
import { migrationDiff } from './migration-diff.ts'

// npm run db:migrate -- add_something: writes prisma/migrations/<time>_add_something/migration.sql from what prisma/schema.prisma
// says beyond the migrations that exist. It needs no database and no engine binary. Read the file before you commit it.
const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run db:migrate -- <verb_noun>      for example: npm run db:migrate -- add_surveys')
  process.exit(2)
}
const scratch = await PGlite.create()
for (const migration of await readMigrations()) await scratch.exec(migration.sql)
const sql = await migrationDiff(scratch)
await scratch.close()
if (!sql) {
  console.log('prisma/schema.prisma and the migrations agree; nothing to write.')
} else {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = new URL(`./migrations/${time}_${name}/`, import.meta.url)
  await mkdir(folder, { recursive: true })
  await writeFile(new URL('migration.sql', folder), `${sql}\n`)
  console.log(`Wrote prisma/migrations/${time}_${name}/migration.sql`)
}
