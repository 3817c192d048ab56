import type { Conversation } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { type Actor, recordTimeline } from './record-timeline.ts'

/** The caller holds the conversation's lock. Null: nobody any more. */
export async function assignTo(
  tx: Transaction,
  conversation: Conversation,
  { assigneeId, actor }: { assigneeId: string | null; actor: Actor },
): Promise<Conversation> {
  if (conversation.assigneeId === assigneeId) return conversation
  await recordTimeline(tx, conversation.id, actor, { kind: 'ASSIGNMENT', assigneeId })
  if (assigneeId !== null) await tx.agent.update({ where: { id: assigneeId }, data: { lastAssignedAt: new Date() } })
  return tx.conversation.update({ where: { id: conversation.id }, data: { assigneeId } })
}
