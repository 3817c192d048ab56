import { createLogger } from '../../src/lib/logger.ts'
import { decodeGlobalId } from '../../src/schema/global-ids.ts'
import { openDatabase } from '../../src/stores/database.ts'
import type { Ledger } from './ledger.ts'

export interface Findings {
  drafts: { status: string; count: number }[]
  lostConversations: number
  lostMessages: number
  lostDrafts: number
  lostReplies: number
  /** Of those that were cancelled; the others were complete before the cancel came, which is no loss. */
  cancelledInTime: number
  withoutEnd: number
  withTwoEnds: number
  /** Drafts whose events, joined, are not their text, or whose numbers have a gap. */
  brokenLogs: number
  sentTwice: number
}

/** Reads the tables themselves, with the server stopped: nothing is taken on its word. */
export async function checkDatabase({ dataDir, ledger }: { dataDir: string; ledger: Ledger }): Promise<Findings> {
  const opened = await openDatabase({ databaseUrl: undefined, dataDir, logger: createLogger({ level: 'error', isTerminal: false }) })
  const { client } = opened
  try {
    const count = async (sql: string): Promise<number> => Number((await client.$queryRawUnsafe<{ count: bigint }[]>(sql))[0]!.count)
    const idsOf = async (table: string): Promise<Set<string>> =>
      new Set((await client.$queryRawUnsafe<{ id: string }[]>(`SELECT id FROM "${table}"`)).map(({ id }) => id))
    const lost = (globalIds: Iterable<string>, stored: Set<string>) => [...globalIds].filter((id) => !stored.has(localId(id))).length
    const statuses = await client.$queryRawUnsafe<{ status: string; count: bigint }[]>(
      'SELECT status::text, count(*) FROM "Draft" GROUP BY 1 ORDER BY 2 DESC',
    )
    const sentAs = new Map(
      (await client.$queryRawUnsafe<{ id: string; draftId: string }[]>('SELECT id, "draftId" FROM "Message" WHERE "draftId" IS NOT NULL')).map(
        ({ id, draftId }) => [draftId, id],
      ),
    )
    const cancelled = new Set(
      (await client.$queryRawUnsafe<{ id: string }[]>(`SELECT id FROM "Draft" WHERE status::text = 'CANCELLED'`)).map(({ id }) => id),
    )
    return {
      drafts: statuses.map(({ status, count }) => ({ status, count: Number(count) })),
      lostConversations: lost(ledger.conversations, await idsOf('Conversation')),
      lostMessages: lost(ledger.messages, await idsOf('Message')),
      lostDrafts: lost(ledger.drafts, await idsOf('Draft')),
      lostReplies: [...ledger.replies].filter(([draft, message]) => sentAs.get(localId(draft)) !== localId(message)).length,
      cancelledInTime: [...ledger.cancelled].filter((id) => cancelled.has(localId(id))).length,
      withoutEnd: await count(
        `SELECT count(*) FROM "Draft" d WHERE status IN ('QUEUED', 'STREAMING') OR NOT EXISTS (SELECT 1 FROM "DraftEvent" e WHERE e."draftId" = d.id AND e.type IN ${ends})`,
      ),
      withTwoEnds: await count(
        `SELECT count(*) FROM (SELECT 1 FROM "DraftEvent" WHERE type IN ${ends} GROUP BY "draftId" HAVING count(*) > 1) twice`,
      ),
      brokenLogs: await count(
        `SELECT count(*) FROM "Draft" d JOIN (
           SELECT "draftId", count(*) AS events, max(seq) AS highest, coalesce(string_agg(data->>'text', '' ORDER BY seq) FILTER (WHERE type = 'DraftDelta'), '') AS text
           FROM "DraftEvent" GROUP BY 1) log ON log."draftId" = d.id
         WHERE log.text <> d.text OR log.events <> log.highest OR log.highest <> d."lastSeq"`,
      ),
      sentTwice: await count(
        `SELECT count(*) FROM (SELECT 1 FROM "Message" m JOIN "Message" n ON n."conversationId" = m."conversationId" AND n.id > m.id
           AND m.kind IN ('FINAL', 'AGENT_EDITED') AND n.kind IN ('FINAL', 'AGENT_EDITED')) twice`,
      ),
    }
  } finally {
    await opened.close()
  }
}

const ends = `('DraftCompleted', 'DraftFailed', 'DraftCancelled')`
const localId = (globalId: string) => decodeGlobalId(globalId)!.id
