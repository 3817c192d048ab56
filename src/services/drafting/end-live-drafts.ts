import type { DraftStatus, Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { appendDraftEvent, conversationsTopic, draftTopic } from '../../stores/event-log.ts'
import { type Actor, system } from '../conversations/record-timeline.ts'
import { liveStatuses } from './draft-statuses.ts'
import { moveDrafts } from './move-drafts.ts'

/**
 * Cancels or supersedes the draft in flight, if there is one; its writer stops when its next append is refused. With `alsoReady`, unsent
 * finished drafts go too: they answer a turn that is over. What an agent has made of one stays readable. `only: 'AUTOMATIC'` spares what
 * somebody asked for. Returns the topics to wake after the commit.
 */
export async function endLiveDrafts(
  tx: Transaction,
  {
    conversationId,
    only,
    actor = system,
    ...ending
  }: { conversationId: string; only?: 'AUTOMATIC'; actor?: Actor } & (
    | { status: 'CANCELLED'; alsoReady?: false }
    | { status: 'SUPERSEDED'; alsoReady?: boolean }
  ),
): Promise<string[]> {
  const whose = only === 'AUTOMATIC' ? { requestedById: null, callerId: null } : {}
  const live = await tx.draft.findMany({ where: { conversationId, status: { in: liveStatuses }, ...whose }, select: { id: true } })
  const ended: string[] = []
  for (const { id } of live) if (await endDraft(tx, { draftId: id, status: ending.status, actor })) ended.push(id)
  // Their event logs ended with DraftCompleted already.
  if (ending.alsoReady) await moveDrafts(tx, { where: { conversationId }, from: ['READY'], to: ending.status, actor })
  return ended.flatMap(endedTopics)
}

/** Whom to wake when a draft was ended from outside: its followers, its writer, and whoever follows its conversation. */
export function endedTopics(draftId: string): string[] {
  return [draftTopic(draftId), `${draftTopic(draftId)}:ended`, conversationsTopic]
}

/** Ends one draft that is QUEUED or STREAMING, with its last event. False when it was not. */
export async function endDraft(
  tx: Transaction,
  {
    draftId,
    status,
    data = {},
    actor = system,
  }: {
    draftId: string
    status: Extract<DraftStatus, 'CANCELLED' | 'SUPERSEDED' | 'REJECTED'>
    data?: Omit<Prisma.DraftUncheckedUpdateManyInput, 'status'>
    actor?: Actor
  },
): Promise<boolean> {
  const ended = { ...data, finishedAt: new Date() }
  const [moved] = await moveDrafts(tx, { where: { id: draftId }, from: liveStatuses, to: status, data: ended, actor })
  if (!moved) return false
  await appendDraftEvent(tx, { draftId, type: 'DraftCancelled', data: {}, whileIn: [status] })
  return true
}
