import type { Draft } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { NotFoundError } from '../errors.ts'
import { endDraft, endedTopics } from './end-live-drafts.ts'

/** Stops the model at once, keeping the text so far. A draft that has ended already is returned as it is. */
export async function cancelDraft(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  { draftId, agentId }: { draftId: string; agentId: string | null },
): Promise<Draft> {
  const ended = await database.$transaction((tx) => endDraft(tx, { draftId, status: 'CANCELLED', actor: { agentId } }))
  if (ended) for (const topic of endedTopics(draftId)) wakeUps.notify(topic)
  const draft = await database.draft.findUnique({ where: { id: draftId } })
  if (!draft) throw new NotFoundError('draft')
  return draft
}
