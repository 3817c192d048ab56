import { type ConversationStatus, type DraftStatus, type EscalationReason, type MessageKind, Prisma } from '../../generated/prisma/client.ts'
import { uuid7 } from '../../lib/uuid7.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { happeningsOf } from '../webhooks/happenings-of.ts'
import { insertDeliveries } from '../webhooks/record-webhook-event.ts'

/** Who did something; neither: the system. */
export interface Actor {
  customerId?: string | null
  agentId?: string | null
}

export const system: Actor = {}

export type TimelineChange =
  | { kind: 'OPENED' }
  | { kind: 'MESSAGE'; messageId: string; messageKind: MessageKind }
  | { kind: 'DRAFT'; draftId: string; draftStatus: DraftStatus }
  /** None was made for this message: the queue was full, or the partner had no tokens left. */
  | { kind: 'NO_DRAFT'; messageId: string; reason: 'QUEUE_FULL' | 'NO_TOKENS' }
  | { kind: 'STATUS'; status: ConversationStatus; until?: Date | null }
  | { kind: 'ASSIGNMENT'; assigneeId: string | null }
  | { kind: 'ESCALATION'; reasons: EscalationReason[]; note: string | null }
  | { kind: 'RATING'; score: number }

/**
 * Writes changes of a conversation into its timeline, in their order, and into the outbox of the webhooks that want to know: one statement, so that
 * whoever has no webhook pays nothing for them. The caller holds the conversation's lock, and notifies `conversationsTopic` after the commit.
 */
export async function recordTimeline(tx: Database | Transaction, conversationId: string, actor: Actor, ...changes: TimelineChange[]): Promise<void> {
  if (changes.length === 0) return
  const at = new Date().toISOString()
  const entries = changes.map((change) => ({
    id: uuid7(),
    at,
    customerId: actor.customerId ?? null,
    agentId: actor.agentId ?? null,
    details: {},
    ...columns(change),
  }))
  const insertEntries = Prisma.sql`
    INSERT INTO "TimelineEntry" ("id", "at", "conversationId", "customerId", "agentId", "kind", "messageId", "draftId", "status", "assigneeId", "details")
    SELECT "id", "at", ${conversationId}, "customerId", "agentId", "kind"::"TimelineKind", "messageId", "draftId", "status"::"ConversationStatus", "assigneeId", "details"
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS entry(
      "id" text, "at" timestamptz, "customerId" text, "agentId" text, "kind" text, "messageId" text, "draftId" text, "status" text, "assigneeId" text, "details" jsonb
    )`
  const happenings = changes.flatMap((change) => happeningsOf(conversationId, change))
  await tx.$executeRaw(happenings.length === 0 ? insertEntries : Prisma.sql`WITH entries AS (${insertEntries}) ${insertDeliveries(happenings)}`)
}

/** `details` holds what has no column of its own. */
function columns(change: TimelineChange): { kind: string; details?: Prisma.JsonObject } & Record<string, unknown> {
  switch (change.kind) {
    case 'MESSAGE':
      return { kind: 'MESSAGE', messageId: change.messageId }
    case 'DRAFT':
      return { kind: 'DRAFT', draftId: change.draftId, details: { draftStatus: change.draftStatus } }
    case 'NO_DRAFT':
      return { kind: 'DRAFT', messageId: change.messageId, details: { skipped: change.reason } }
    case 'STATUS':
      return { kind: 'STATUS', status: change.status, ...(change.until && { details: { until: change.until.toISOString() } }) }
    case 'ESCALATION':
      return { kind: 'ESCALATION', details: { reasons: change.reasons, note: change.note } }
    case 'RATING':
      return { kind: 'RATING', details: { score: change.score } }
    default:
      return change
  }
}
