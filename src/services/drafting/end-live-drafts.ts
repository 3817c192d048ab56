import type { DraftStatus, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, draftTopic } from '../../stores/event-log.ts'
import { liveStatuses } from './draft-statuses.ts'
import { moveDrafts } from './move-drafts.ts'

/**
 * Cancels or supersedes the draft in flight, if there is one; its writer stops when its next append is refused. With `alsoReady`, unsent
 * finished drafts go too: they answer a turn that is over. What an agent has made of one stays readable. Returns the topics to wake after the
 * commit.
 */
export async function endLiveDrafts(
  tx: Transaction,
  {
    conversationId,
    ...ending
  }: { conversationId: string } & ({ status: 'CANCELLED'; alsoReady: false } | { status: 'SUPERSEDED'; alsoReady: boolean }),
): Promise<string[]> {
  const live = await tx.draft.findMany({ where: { conversationId, status: { in: liveStatuses } }, select: { id: true } })
  const ended: string[] = []
  for (const { id } of live) if (await endDraft(tx, { draftId: id, status: ending.status })) ended.push(id)
  // Their event logs ended with DraftCompleted already.
  if (ending.alsoReady) await moveDrafts(tx, { where: { conversationId }, from: ['READY'], to: ending.status })
  return ended.flatMap(endedTopics)
}

/** Whom to wake when a draft was ended from outside: its followers, and its writer. */
export function endedTopics(draftId: string): string[] {
  return [draftTopic(draftId), `${draftTopic(draftId)}:ended`]
}

/** Ends one draft that is QUEUED or STREAMING, with its last event. False when it was not. */
export async function endDraft(
  tx: Transaction,
  {
    draftId,
    status,
    data = {},
  }: {
    draftId: string
    status: Extract<DraftStatus, 'CANCELLED' | 'SUPERSEDED' | 'REJECTED'>
    data?: Omit<Prisma.DraftUncheckedUpdateManyInput, 'status'>
  },
): Promise<boolean> {
  const ended = { ...data, finishedAt: new Date() }
  const [moved] = await moveDrafts(tx, { where: { id: draftId }, from: liveStatuses, to: status, data: ended })
  if (!moved) return false
  await appendDraftEvent(tx, { draftId, type: 'DraftCancelled', data: {}, whileIn: [status] })
  return true
}
