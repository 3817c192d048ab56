import type { ApiKey, Role } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import { newSecret, storeApiKey } from './api-keys.ts'
import { checkBudgets, checkExpiry, checkLine } from './check-key-input.ts'
import { findOrCreateCustomer } from './find-or-create-customer.ts'
import { recordAudit } from './record-audit.ts'
import type { Viewer } from './viewer.ts'

export interface CreateApiKeyInput {
  name: string
  role: Role
  customerExternalId?: string | null
  partnerId?: string | null
  expiresAt?: Date | null
  costPerMinute?: number | null
  llmTokensPerDay?: number | null
  by: Viewer | null
}

export interface CreatedKey {
  /** Shown this once; only its hash is kept. */
  secret: string
  apiKey: ApiKey
}

/** A new key. An agent's makes the agent, a customer's the customer when it is new, a partner's its partner unless it names one. */
export async function createApiKey({ database }: Pick<Resources, 'database'>, input: CreateApiKeyInput): Promise<CreatedKey> {
  const { role, partnerId = null } = input
  const name = checkLine('name', input.name)
  const expiresAt = checkExpiry(input.expiresAt)
  const budgets = checkBudgets(input)
  const externalId = customerOf(input)
  if (partnerId !== null && role !== 'PARTNER')
    throw new InvalidInputError(`partnerId is for keys of the role PARTNER, and this one is ${role}. Leave it out.`)
  if (role === 'CUSTOMER' && budgets.llmTokensPerDay !== null)
    throw new InvalidInputError('llmTokensPerDay is for whoever asks for drafts, and customers do not. Leave it out.')
  const secret = newSecret()
  return database.$transaction(async (tx) => {
    if (partnerId !== null) await requirePartner(tx, partnerId)
    const customerId = externalId === null ? null : await findOrCreateCustomer(tx, externalId)
    const apiKey = await storeApiKey(tx, { secret, name, role, customerId, partnerId, expiresAt, ...budgets })
    await recordAudit(tx, input.by, {
      action: 'createApiKey',
      targetType: 'ApiKey',
      targetId: apiKey.id,
      details: { role, customerId, partnerId: apiKey.partnerId },
    })
    return { secret, apiKey }
  })
}

function customerOf({ role, customerExternalId }: CreateApiKeyInput): string | null {
  if (role === 'CUSTOMER') {
    if (customerExternalId == null)
      throw new InvalidInputError(
        'customerExternalId is missing: a customer’s key belongs to one customer. Send the id that your systems know them by.',
      )
    return checkLine('customerExternalId', customerExternalId)
  }
  if (customerExternalId != null)
    throw new InvalidInputError(`customerExternalId is for keys of the role CUSTOMER, and this one is ${role}. Leave it out.`)
  return null
}

async function requirePartner(tx: Transaction, id: string): Promise<void> {
  if ((await tx.partner.count({ where: { id } })) === 0) throw new NotFoundError('partner')
}
