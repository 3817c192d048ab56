import type { Conversation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { assignByLoad } from './assign-by-load.ts'
import { assignTo } from './assign-to.ts'
import { changeConversation } from './change-conversation.ts'

/** Gives the conversation to an agent, with null to nobody, and without `assigneeId` to the one with the least to do. */
export async function assignConversation(
  resources: Pick<Resources, 'database' | 'wakeUps'>,
  { conversationId, assigneeId, agentId }: { conversationId: string; assigneeId: string | null | undefined; agentId: string | null },
): Promise<Conversation> {
  return changeConversation(resources, conversationId, async (tx, conversation) => {
    if (assigneeId === undefined) {
      const assigned = await assignByLoad(tx, conversation, { agentId })
      if (!assigned) throw new ConflictError('Nobody is available. Name an agent as assigneeId, or have somebody set themselves available.')
      return assigned
    }
    if (assigneeId !== null && (await tx.agent.count({ where: { id: assigneeId } })) === 0) throw new NotFoundError('agent')
    return assignTo(tx, conversation, { assigneeId, actor: { agentId } })
  })
}
