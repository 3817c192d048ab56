import { createHash } from 'node:crypto'
import { type Conversation, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Transaction } from '../../stores/database.ts'
import { conversationsTopic } from '../../stores/event-log.ts'
import { customersKnownByName } from '../access/known-customers.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, checkOptionalVisibleText, checkVisibleText, limits } from '../checked-input.ts'
import { IdempotencyConflictError, InvalidInputError } from '../errors.ts'
import { startConversation } from './start-conversation.ts'

export interface OpenConversationInput {
  message: string
  subject?: string | null
  customer?: { externalId?: string | null; name?: string | null; email?: string | null } | null
  channel?: string | null
  idempotencyKey?: string | null
}

/** Stores the first message of a conversation. The customer is the key's own, or the one with this externalId, or a new one. */
export async function openConversation(
  { database, queue, config, logger, wakeUps }: Pick<Resources, 'database' | 'queue' | 'config' | 'logger' | 'wakeUps'>,
  { input, by }: { input: OpenConversationInput; by: Viewer },
): Promise<Conversation> {
  const message = checkVisibleText('message', input.message, { maximum: limits.message })
  const subject = checkOptionalVisibleText('subject', input.subject, { maximum: limits.title })
  const channel = checkOptionalVisibleText('channel', input.channel, { maximum: limits.name }) ?? 'api'
  const customer = checkCustomer(input.customer)
  const key = checkOptionalText('idempotencyKey', input.idempotencyKey, { maximum: limits.key })
  const openingKey = key === null ? null : `${by.callerId}:${key}`
  const openingDigest =
    key === null
      ? null
      : createHash('sha256')
          .update(JSON.stringify([message, subject, channel, customer]))
          .digest('hex')

  const opened = async (): Promise<Conversation | null> => {
    const earlier = openingKey === null ? null : await database.conversation.findUnique({ where: { openingKey } })
    if (earlier && earlier.openingDigest !== openingDigest) throw new IdempotencyConflictError()
    return earlier
  }
  const earlier = await opened()
  if (earlier) return earlier
  try {
    const { conversation } = await database.$transaction(async (tx) => {
      const writerId = by.customerId ?? (await findOrCreateCustomer(tx, customer, by))
      const opening = { customerId: writerId, partnerId: by.partnerId, subject, channel, openingKey, openingDigest }
      const started = await startConversation({ tx, queue, config, logger }, { conversation: opening, text: message, by })
      const { id } = started.conversation
      await recordAudit(tx, by, {
        action: 'openConversation',
        targetType: 'Conversation',
        targetId: id,
        details: { messageId: started.message.id, customerId: writerId },
      })
      return started
    })
    wakeUps.notify(conversationsTopic)
    return conversation
  } catch (error) {
    // Two requests with one key, or one externalId, at the same time: the other one was first.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    return (await opened()) ?? (await openConversation({ database, queue, config, logger, wakeUps }, { input, by }))
  }
}

function checkCustomer(customer: OpenConversationInput['customer']) {
  const email = checkOptionalVisibleText('customer.email', customer?.email, { maximum: 254 })
  if (email !== null && !/^\S+@\S+$/.test(email))
    throw new InvalidInputError('customer.email is not an e-mail address. Send one such as ann@example.com, or leave it out.')
  return {
    externalId: checkOptionalText('customer.externalId', customer?.externalId, { maximum: limits.name }),
    name: checkOptionalVisibleText('customer.name', customer?.name, { maximum: limits.name }),
    email,
  }
}

async function findOrCreateCustomer(
  tx: Transaction,
  { externalId, name, email }: { externalId: string | null; name: string | null; email: string | null },
  viewer: Pick<Viewer, 'partnerId' | 'role' | 'customerId'>,
): Promise<string> {
  if (externalId === null) return (await tx.customer.create({ data: { name, email } })).id
  const stored = await tx.customer.findUnique({ where: { externalId }, select: { id: true } })
  // What a partner says of a customer of others is not taken over: it knows no more of them than their external id.
  const isForeign = stored !== null && viewer.role === 'PARTNER' && (await customersKnownByName({ database: tx }, viewer, [stored.id])).length === 0
  if (isForeign) return stored.id
  const known = { ...(name !== null && { name }), ...(email !== null && { email }) }
  return (await tx.customer.upsert({ where: { externalId }, create: { externalId, name, email }, update: known })).id
}
