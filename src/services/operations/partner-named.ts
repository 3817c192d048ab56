import type { Transaction } from '../../stores/database.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'

/** A partner, by its own id or that of one of its keys. */
export interface PartnerName {
  partnerId: string | null
  apiKeyId: string | null
}

/** The partner's id. */
export async function partnerNamed(tx: Pick<Transaction, 'partner' | 'apiKey'>, { partnerId, apiKeyId }: PartnerName): Promise<string> {
  if ((partnerId === null) === (apiKeyId === null)) throw new InvalidInputError('Give either partnerId or apiKeyId.')
  if (partnerId !== null) {
    if (!(await tx.partner.findUnique({ where: { id: partnerId }, select: { id: true } }))) throw new NotFoundError('partner')
    return partnerId
  }
  const key = await tx.apiKey.findUnique({ where: { id: apiKeyId! }, select: { partnerId: true } })
  if (!key) throw new NotFoundError('API key')
  if (key.partnerId === null)
    throw new InvalidInputError('apiKeyId is not the key of a partner. Only keys with the role PARTNER run registered operations.')
  return key.partnerId
}
