import type { Conversation } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { nextStatus, type StatusChange } from './conversation-status.ts'
import { type Actor, recordTimeline } from './record-timeline.ts'

/** The caller holds the conversation's lock. Moves it on, and says so in its timeline when anything is different afterwards. */
export async function moveStatus(
  tx: Transaction,
  conversation: Conversation,
  change: StatusChange,
  { actor, until = null, at = new Date() }: { actor: Actor; until?: Date | null; at?: Date },
): Promise<Conversation> {
  const status = nextStatus(change, conversation.status)
  if (status === conversation.status && until?.getTime() === conversation.snoozedUntil?.getTime()) return conversation
  const moved = await tx.conversation.update({
    where: { id: conversation.id },
    data: {
      status,
      snoozedUntil: until,
      resolvedAt: status === 'RESOLVED' ? at : null,
      // What the customer asks next is a new matter, which the AI may draft for again.
      ...(status === 'RESOLVED' && { takenOverAt: null }),
    },
  })
  await recordTimeline(tx, conversation.id, actor, { kind: 'STATUS', status, until })
  return moved
}
