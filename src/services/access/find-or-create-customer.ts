import type { Database, Transaction } from '../../stores/database.ts'

/** The customer with this external id. Two that come first at the same time get the same one. */
export async function findOrCreateCustomer(tx: Database | Transaction, externalId: string): Promise<string> {
  const known = await tx.customer.findUnique({ where: { externalId }, select: { id: true } })
  if (known) return known.id
  // Not an upsert: of two at the same time, one would fail.
  await tx.customer.createMany({ data: [{ externalId }], skipDuplicates: true })
  return (await tx.customer.findUniqueOrThrow({ where: { externalId }, select: { id: true } })).id
}
