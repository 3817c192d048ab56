import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { assignByLoad } from './assign-by-load.ts'
import { assignTo } from './assign-to.ts'
import { changeConversation } from './change-conversation.ts'
import { type Actor, system } from './record-timeline.ts'

/** Gives the conversation to an agent, with null to nobody, and without `assigneeId` to the one with the least to do. */
export async function assignConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, assigneeId, by }: { conversationId: string; assigneeId: string | null | undefined; by: Viewer | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, async (tx, conversation) => {
    const assigned = await assign(tx, conversation, { assigneeId, actor: by ?? system })
    if (assigned !== conversation)
      await recordAudit(tx, by, {
        action: 'assignConversation',
        targetType: 'Conversation',
        targetId: conversationId,
        details: { assigneeId: assigned.assigneeId },
      })
    return assigned
  })
}

/** The conversation itself when it is theirs already. */
async function assign(
  tx: Transaction,
  conversation: Conversation,
  { assigneeId, actor }: { assigneeId: string | null | undefined; actor: Actor },
): Promise<Conversation> {
  if (assigneeId === undefined) {
    const assigned = await assignByLoad(tx, conversation, actor)
    if (!assigned) throw new ConflictError('Nobody is available. Name an agent as assigneeId, or have somebody set themselves available.')
    return assigned
  }
  if (assigneeId !== null && (await tx.agent.count({ where: { id: assigneeId } })) === 0) throw new NotFoundError('agent')
  return assignTo(tx, conversation, { assigneeId, actor })
}
