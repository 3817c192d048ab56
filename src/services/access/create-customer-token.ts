import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import { checkLine } from './check-key-input.ts'
import { signCustomerToken } from './customer-token.ts'
import { findOrCreateCustomer } from './find-or-create-customer.ts'
import { customersOfPartner } from './known-customers.ts'
import { recordAudit } from './record-audit.ts'
import type { Viewer } from './viewer.ts'

const minuteMs = 60_000
const usualMinutes = 60
const mostMinutes = 24 * 60

export interface MadeCustomerToken {
  token: string
  customerId: string
  expiresAt: Date
}

/**
 * A token for one customer's own browser or app. It never outlives the key or token that it was made with. A partner's is for what that partner
 * opened for the customer and nothing else, so a partner may name any external id.
 */
export async function createCustomerToken(
  { database }: Pick<Resources, 'database'>,
  { by, minutes, ...whose }: { by: Viewer; customerId?: string | null; customerExternalId?: string | null; minutes?: number | null },
): Promise<MadeCustomerToken> {
  const lasting = minutes ?? usualMinutes
  if (lasting < 1 || lasting > mostMinutes) throw new InvalidInputError(`minutes must be from 1 to ${mostMinutes}, and is ${lasting}.`)
  const partnerId = by.role === 'PARTNER' ? (by.partnerId ?? 'nobody') : null
  const until = Math.min(Date.now() + lasting * minuteMs, by.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
  // A token counts in whole seconds.
  const expiresAt = new Date(Math.floor(until / 1000) * 1000)
  const customerId = await database.$transaction(async (tx) => {
    const id = await findCustomer(tx, { ...whose, partnerId })
    await recordAudit(tx, by, {
      action: 'createCustomerToken',
      targetType: 'Customer',
      targetId: id,
      details: { expiresAt: expiresAt.toISOString() },
    })
    return id
  })
  return { token: await signCustomerToken({ database }, { customerId, keyId: by.keyId, partnerId, expiresAt }), customerId, expiresAt }
}

async function findCustomer(
  tx: Transaction,
  { customerId, customerExternalId, partnerId }: { customerId?: string | null; customerExternalId?: string | null; partnerId: string | null },
): Promise<string> {
  if ((customerId == null) === (customerExternalId == null))
    throw new InvalidInputError('Send either customerExternalId or customerId, one of the two.')
  if (customerExternalId != null) return findOrCreateCustomer(tx, checkLine('customerExternalId', customerExternalId))
  const known =
    partnerId === null
      ? await tx.customer.count({ where: { id: customerId! } })
      : (await customersOfPartner({ database: tx }, partnerId, [customerId!])).length
  if (known === 0) throw new NotFoundError('customer')
  return customerId!
}
