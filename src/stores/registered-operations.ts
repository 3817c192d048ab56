import type { OperationStatus } from '../generated/prisma/client.ts'
import type { Logger } from '../lib/logger.ts'
import type { Database } from './database.ts'
import type { WakeUps } from './wake-ups.ts'

export interface KnownOperation {
  id: string
  hash: string
  name: string
  cost: number
  status: OperationStatus
  deprecatedAt: Date | null
  sunsetAt: Date | null
  lastUsedAt: Date | null
}

/** The operations of partners, as they are looked up with every request: in memory, and never older than a few seconds. */
export interface RegisteredOperations {
  /** Null for what this partner has not registered. */
  find(partnerId: string, hash: string): Promise<KnownOperation | null>
  /** The text that was registered. */
  textOf(operation: KnownOperation): Promise<string>
  /** Notes the use; written later, together with others, and at most once a minute for each. */
  use(operation: KnownOperation): void
  /** To be called after a change: here at once, in the other replicas with their next wake-up. */
  forget(): void
  close(): Promise<void>
}

interface Known {
  byHash: Map<string, KnownOperation>
  at: number
}

const topic = 'registered-operations'
const freshMs = 2_000
const stalestMs = 10_000
const usedEveryMs = 60_000
const writeAfterMs = 1_000
const mostTexts = 2_000

export function createRegisteredOperations({
  database,
  wakeUps,
  logger,
}: {
  database: Database
  wakeUps: WakeUps
  logger: Logger
}): RegisteredOperations {
  // Maps, because a plain object would know operations named __proto__ and constructor.
  const known = new Map<string, Known>()
  const reading = new Map<string, Promise<Known>>()
  const texts = new Map<string, string>()
  const used = new Map<string, number>()
  const toWrite = new Set<string>()
  let writing: NodeJS.Timeout | null = null
  let changes = 0
  const stopListening = wakeUps.listen(topic, () => {
    changes++
    known.clear()
    reading.clear()
  })

  function read(partnerId: string): Promise<Known> {
    const running = reading.get(partnerId)
    if (running) return running
    const changesBefore = changes
    const started = load(database, partnerId).then((loaded) => {
      // What was changed meanwhile may not be in it.
      if (changes === changesBefore) known.set(partnerId, loaded)
      return loaded
    })
    const settled = started.finally(() => {
      if (reading.get(partnerId) === settled) reading.delete(partnerId)
    })
    reading.set(partnerId, settled)
    return settled
  }

  async function write(): Promise<void> {
    writing = null
    const ids = [...toWrite]
    toWrite.clear()
    const now = Date.now()
    for (const [id, at] of used) if (now - at > usedEveryMs) used.delete(id)
    if (ids.length === 0) return
    try {
      await database.registeredOperation.updateMany({
        // Another replica may have written it.
        where: { id: { in: ids }, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now - usedEveryMs) } }] },
        data: { lastUsedAt: new Date(now) },
      })
    } catch (error) {
      logger.warn({ err: error }, 'the last use of registered operations could not be written')
    }
  }

  return {
    async find(partnerId, hash) {
      const now = Date.now()
      let operations = known.get(partnerId)
      if (!operations || now - operations.at > stalestMs) operations = await read(partnerId)
      // A request does not wait for the look at what is nearly always the same.
      else if (now - operations.at > freshMs) read(partnerId).catch(() => {})
      return operations.byHash.get(hash) ?? null
    },
    async textOf({ id }) {
      const text = texts.get(id)
      if (text !== undefined) return text
      const { body } = await database.registeredOperation.findUniqueOrThrow({ where: { id }, select: { body: true } })
      if (texts.size >= mostTexts) texts.delete(texts.keys().next().value!)
      texts.set(id, body)
      return body
    },
    use({ id, lastUsedAt }) {
      const now = Date.now()
      if (now - Math.max(lastUsedAt?.getTime() ?? 0, used.get(id) ?? 0) <= usedEveryMs) return
      used.set(id, now)
      toWrite.add(id)
      writing ??= setTimeout(() => void write(), writeAfterMs).unref()
    },
    forget: () => wakeUps.notify(topic),
    async close() {
      stopListening()
      if (writing) clearTimeout(writing)
      await write()
    },
  }
}

async function load(database: Database, partnerId: string): Promise<Known> {
  const at = Date.now()
  const rows = await database.registeredOperation.findMany({
    where: { partnerId },
    select: { id: true, hash: true, name: true, cost: true, status: true, deprecatedAt: true, sunsetAt: true, lastUsedAt: true },
  })
  return { byHash: new Map(rows.map((row) => [row.hash, row])), at }
}
