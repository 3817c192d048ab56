import type { Draft, Tone } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordTimeline } from '../conversations/record-timeline.ts'

/** Creates a QUEUED draft and its job in one transaction: neither exists without the other. */
export async function queueDraft(
  { tx, queue }: { tx: Transaction } & Pick<Resources, 'queue'>,
  draft: {
    conversationId: string
    turnMessageId: string
    requestedById?: string | null
    callerId?: string | null
    payerId?: string | null
    instruction?: string | null
    tone?: Tone | null
  },
): Promise<Draft> {
  const created = await tx.draft.create({ data: draft })
  const change = { kind: 'DRAFT', draftId: created.id, draftStatus: 'QUEUED' } as const
  await recordTimeline(tx, draft.conversationId, { agentId: draft.requestedById ?? null }, change)
  await queue.send('write-draft', { draftId: created.id }, { transaction: tx })
  return created
}
