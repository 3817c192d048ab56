import type { DraftStatus } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, draftTopic } from '../../stores/event-log.ts'

/**
 * Cancels or supersedes the draft in flight, if there is one; its writer stops when its next append is refused. With `alsoReady`, unsent
 * finished drafts go too: they answer a turn that is over. Returns the topics to wake after the commit.
 */
export async function endLiveDrafts(
  tx: Transaction,
  { conversationId, status, alsoReady }: { conversationId: string; status: Extract<DraftStatus, 'CANCELLED' | 'SUPERSEDED'>; alsoReady: boolean },
): Promise<string[]> {
  const live = await tx.draft.findMany({ where: { conversationId, status: { in: ['QUEUED', 'STREAMING'] } }, select: { id: true } })
  for (const { id } of live) await endDraft(tx, { draftId: id, status })
  // Their event logs ended with DraftCompleted already.
  if (alsoReady) await tx.draft.updateMany({ where: { conversationId, status: 'READY' }, data: { status } })
  return live.flatMap(({ id }) => endedTopics(id))
}

/** Whom to wake when a draft was ended from outside: its followers, and its writer. */
export function endedTopics(draftId: string): string[] {
  return [draftTopic(draftId), `${draftTopic(draftId)}:ended`]
}

/** Ends one draft that is QUEUED or STREAMING. False when it had ended before. */
export async function endDraft(
  tx: Transaction,
  { draftId, status }: { draftId: string; status: Extract<DraftStatus, 'CANCELLED' | 'SUPERSEDED'> },
): Promise<boolean> {
  const { count } = await tx.draft.updateMany({
    where: { id: draftId, status: { in: ['QUEUED', 'STREAMING'] } },
    data: { status, finishedAt: new Date() },
  })
  if (count === 0) return false
  await appendDraftEvent(tx, { draftId, type: 'DraftCancelled', data: {}, whileIn: [status] })
  return true
}
