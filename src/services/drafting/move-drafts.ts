import type { Draft, DraftStatus, Prisma } from '../../generated/prisma/client.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { type Actor, recordTimeline, system } from '../conversations/record-timeline.ts'
import { statusesBefore } from './draft-statuses.ts'

/**
 * Every change of a draft's status goes through here. Whatever may not become `to`, or was moved by somebody else meanwhile, stays as it is; the
 * row lock decides who was first. `from` narrows it further. Writes it into the timeline. Returns those that were moved.
 */
export async function moveDrafts(
  database: Database | Transaction,
  {
    where,
    from,
    to,
    data = {},
    actor = system,
  }: {
    where: { id: string } | { conversationId: string }
    from?: DraftStatus[]
    to: DraftStatus
    data?: Omit<Prisma.DraftUncheckedUpdateManyInput, 'status'>
    actor?: Actor
  },
): Promise<Draft[]> {
  const before = statusesBefore(to).filter((status) => from === undefined || from.includes(status))
  const moved = await database.draft.updateManyAndReturn({
    where: { ...where, status: { in: before } },
    data: { ...data, status: to },
  })
  // That its writing has begun is in its own log.
  if (to !== 'STREAMING')
    for (const { id, conversationId } of moved) await recordTimeline(database, conversationId, actor, { kind: 'DRAFT', draftId: id, draftStatus: to })
  return moved
}
