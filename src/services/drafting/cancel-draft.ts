import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { system } from '../conversations/record-timeline.ts'
import { NotFoundError } from '../errors.ts'
import { endDraft, endedTopics } from './end-live-drafts.ts'
import { lockConversationOf } from './lock-conversation-of.ts'

/** Stops the model at once, keeping the text so far. A draft that has ended already is returned as it is. */
export async function cancelDraft(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { draftId, by }: { draftId: string; by: Viewer | null },
): Promise<Draft> {
  const ended = await database.$transaction(async (tx) => {
    if (!(await lockConversationOf(tx, draftId))) throw new NotFoundError('draft')
    const hasEnded = await endDraft(tx, { draftId, status: 'CANCELLED', actor: by ?? system })
    if (hasEnded) await recordAudit(tx, by, { action: 'cancelDraft', targetType: 'Draft', targetId: draftId })
    return hasEnded
  })
  if (ended) for (const topic of endedTopics(draftId)) wakeUps.notify(topic)
  return database.draft.findUniqueOrThrow({ where: { id: draftId } })
}
