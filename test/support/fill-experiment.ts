import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/stores/database.ts'

export interface Filled {
  variantId?: string
  modelVersionId?: string
  count: number
  /** Of the reply that each draft became; REJECTED: it was not sent. */
  editRatio: (index: number) => number | 'REJECTED'
  isEscalated?: (index: number) => boolean
  createdAt?: Date
  /** Nobody saw them. */
  isUnseen?: boolean
}

/** Conversations with one draft each, as they are after an agent dealt with it. */
export async function fillDrafts(
  database: Database,
  { variantId, modelVersionId, count, editRatio, isEscalated, createdAt = new Date(), isUnseen }: Filled,
) {
  const customer = await database.customer.create({ data: {} })
  const rows = Array.from({ length: count }, (_, index) => ({
    index,
    ratio: editRatio(index),
    ids: { conversationId: randomUUID(), turnId: randomUUID(), draftId: randomUUID() },
  }))
  await database.conversation.createMany({
    data: rows.map(({ index, ids }) => ({
      id: ids.conversationId,
      customerId: customer.id,
      createdAt,
      ...(isEscalated?.(index) && { escalatedAt: new Date(Date.now() + 1_000) }),
    })),
  })
  await database.message.createMany({
    data: rows.map(({ ids }) => ({ id: ids.turnId, conversationId: ids.conversationId, position: 1, kind: 'CUSTOMER', text: 'a', createdAt })),
  })
  await database.draft.createMany({
    data: rows.map(({ ratio, ids }) => ({
      id: ids.draftId,
      conversationId: ids.conversationId,
      turnMessageId: ids.turnId,
      status: ratio === 'REJECTED' ? 'REJECTED' : 'SENT',
      text: 'b',
      createdAt,
      ...(variantId && { variantId }),
      ...(modelVersionId && { modelVersionId }),
    })),
  })
  await database.message.createMany({
    data: rows.flatMap(({ ratio, ids }) =>
      ratio === 'REJECTED'
        ? []
        : {
            conversationId: ids.conversationId,
            position: 2,
            kind: ratio === 0 ? ('FINAL' as const) : ('AGENT_EDITED' as const),
            text: 'c',
            draftId: ids.draftId,
            editRatio: ratio,
            createdAt,
          },
    ),
  })
  if (variantId && !isUnseen) await database.exposure.createMany({ data: rows.map(({ ids }) => ({ draftId: ids.draftId })) })
  return rows.map(({ ids }) => ids)
}
