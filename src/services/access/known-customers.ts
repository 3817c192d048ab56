import type { Database, Transaction } from '../../stores/database.ts'
import type { Viewer } from './viewer.ts'

/** Those of the customers for whom this partner has opened a conversation. */
export async function customersOfPartner(
  { database }: { database: Database | Transaction },
  partnerId: string | null,
  ids: string[],
): Promise<string[]> {
  if (partnerId === null) return []
  const rows = await database.customer.findMany({ where: { id: { in: ids }, conversations: { some: { partnerId } } }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/**
 * Those of the customers whose name and address this viewer may know. A partner can name anybody's external id, and must not learn from it who
 * that is: it knows whom nobody but itself has had a conversation with.
 */
export async function customersKnownByName(
  { database }: { database: Database | Transaction },
  viewer: Pick<Viewer, 'role' | 'customerId' | 'partnerId'>,
  ids: string[],
): Promise<string[]> {
  const { role, customerId, partnerId } = viewer
  const own = role === 'CUSTOMER' ? ids.filter((id) => id === customerId) : ids
  if (partnerId === null) return role === 'CUSTOMER' ? own : []
  // Not `every`: in SQL a conversation of nobody is not one of somebody else.
  const ofOthers = { OR: [{ partnerId: null }, { partnerId: { not: partnerId } }] }
  const rows = await database.customer.findMany({
    where: { id: { in: own }, conversations: { some: { partnerId }, none: ofOthers }, apiKeys: { none: {} } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
