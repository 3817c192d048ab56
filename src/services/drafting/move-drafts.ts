import type { DraftStatus, Prisma } from '../../generated/prisma/client.ts'
import type { Database, Transaction } from '../../stores/database.ts'
import { statusesBefore } from './draft-statuses.ts'

/**
 * Every change of a draft's status goes through here. Whatever may not become `to`, or was moved by somebody else meanwhile, stays as it is; the
 * row lock decides who was first. `from` narrows it further. Returns those that were moved.
 */
export async function moveDrafts(
  database: Database | Transaction,
  {
    where,
    from,
    to,
    data = {},
  }: {
    where: { id: string } | { conversationId: string }
    from?: DraftStatus[]
    to: DraftStatus
    data?: Omit<Prisma.DraftUncheckedUpdateManyInput, 'status'>
  },
): Promise<{ id: string; conversationId: string }[]> {
  const before = statusesBefore(to).filter((status) => from === undefined || from.includes(status))
  return database.draft.updateManyAndReturn({
    where: { ...where, status: { in: before } },
    data: { ...data, status: to },
    select: { id: true, conversationId: true },
  })
}
