import type { ConversationStatus, DraftStatus, EscalationReason, Prisma } from '../../generated/prisma/client.ts'
import type { Database, Transaction } from '../../stores/database.ts'

/** Who did something; neither: the system. */
export interface Actor {
  customerId?: string | null
  agentId?: string | null
}

export const system: Actor = {}

export type TimelineChange =
  | { kind: 'OPENED' }
  | { kind: 'MESSAGE'; messageId: string }
  | { kind: 'DRAFT'; draftId: string; draftStatus: DraftStatus }
  | { kind: 'STATUS'; status: ConversationStatus; until?: Date | null }
  | { kind: 'ASSIGNMENT'; assigneeId: string | null }
  | { kind: 'ESCALATION'; reasons: EscalationReason[]; note: string | null }
  | { kind: 'RATING'; score: number }

/**
 * Writes changes of a conversation into its timeline, in their order. The caller holds the conversation's lock, and notifies
 * `conversationsTopic` after the commit.
 */
export async function recordTimeline(tx: Database | Transaction, conversationId: string, actor: Actor, ...changes: TimelineChange[]): Promise<void> {
  const data = changes.map((change) => ({
    conversationId,
    customerId: actor.customerId ?? null,
    agentId: actor.agentId ?? null,
    ...columns(change),
  }))
  if (data.length > 0) await tx.timelineEntry.createMany({ data })
}

function columns(change: TimelineChange): Omit<Prisma.TimelineEntryCreateManyInput, 'conversationId'> {
  switch (change.kind) {
    case 'DRAFT':
      return { kind: 'DRAFT', draftId: change.draftId, details: { draftStatus: change.draftStatus } }
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
