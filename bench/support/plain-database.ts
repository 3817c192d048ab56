// The embedded database and Prisma's client, and nothing else, on a folder of the server's.
import { createLogger } from '../../src/lib/logger.ts'
import { type OpenDatabase, openDatabase } from '../../src/stores/database.ts'
import { serveParent } from './child.ts'

export type PlainDatabase = { open: (dataDir: string) => Promise<void>; close: () => Promise<void> }

let database: OpenDatabase

serveParent({
  async open(dataDir) {
    database = await openDatabase({ databaseUrl: undefined, dataDir, logger: createLogger({ level: 'silent', isTerminal: false }) })
    await database.client.article.findMany({ take: 20, include: { chunks: { omit: { embedding: true } } } })
    await database.client.conversation.findMany({ take: 20, include: { customer: true, lastMessage: true } })
  },
  close: () => database.close(),
} satisfies PlainDatabase)
