import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'

/** An empty, migrated database of the kind that this project of tests runs on, and a folder of its own; as environment variables. */
export async function createTestDatabase(): Promise<{ environment: Record<string, string>; remove(): Promise<void> }> {
  const database = inject('database')
  const folder = await mkdtemp(join(tmpdir(), 'understudy-test-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (database.kind === 'embedded') {
    await cp(database.template, folder, { recursive: true })
    return { environment: { DATA_DIR: folder }, remove: removeFolder }
  }
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(database.url, `CREATE DATABASE ${name} TEMPLATE ${database.template}`)
  return {
    environment: { DATA_DIR: folder, DATABASE_URL: `${database.url}/${name}` },
    async remove() {
      await administer(database.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await removeFolder()
    },
  }
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` })
  await client.connect()
  await client.query(sql)
  await client.end()
}
