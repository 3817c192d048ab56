import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { endDraft, endedTopics } from './end-live-drafts.ts'
import { lockConversationOf } from './lock-conversation-of.ts'

/** Stops the model at once, keeping the text so far. A draft that has ended already is returned as it is. */
export async function cancelDraft(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { draftId, agentId }: { draftId: string; agentId: string | null },
): Promise<Draft> {
  const ended = await database.$transaction(async (tx) => {
    if (!(await lockConversationOf(tx, draftId))) throw new NotFoundError('draft')
    return endDraft(tx, { draftId, status: 'CANCELLED', actor: { agentId } })
  })
  if (ended) for (const topic of endedTopics(draftId)) wakeUps.notify(topic)
  return database.draft.findUniqueOrThrow({ where: { id: draftId } })
}
