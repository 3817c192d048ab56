import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createLogger } from '../../src/lib/logger.ts'
import { openDatabase } from '../../src/stores/database.ts'
import { openQueue } from '../../src/stores/queue.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated data folder to copy, or a PostgreSQL server with a migrated template database. */
    database: { kind: 'embedded'; template: string } | { kind: 'postgres'; url: string; template: string }
  }
}

/** Migrates once; every test file starts on a copy. */
export default async function setUp(project: TestProject) {
  const template = await mkdtemp(join(tmpdir(), 'understudy-template-'))
  const logger = createLogger({ level: 'silent', isTerminal: false })
  const { queueConnection, close } = await openDatabase({ databaseUrl: undefined, dataDir: template, logger })
  const queue = await openQueue({ connection: queueConnection, isEmbedded: true, logger })
  await queue.stop({ timeoutMs: 0 })
  await close()
  project.provide('database', { kind: 'embedded', template })
  return () => rm(template, { recursive: true, force: true })
}
