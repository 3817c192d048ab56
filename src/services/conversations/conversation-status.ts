import type { Conversation, ConversationStatus } from '../../generated/prisma/client.ts'
import { ConflictError, InvalidInputError } from '../errors.ts'

/** What can happen to a conversation that bears on its status. */
export type StatusChange = 'CUSTOMER_WRITES' | 'AGENT_REPLIES' | 'SNOOZE' | 'WAKE' | 'RESOLVE' | 'REOPEN'

const outcomes: Record<StatusChange, Partial<Record<ConversationStatus, ConversationStatus>>> = {
  CUSTOMER_WRITES: { OPEN: 'OPEN', PENDING: 'OPEN', SNOOZED: 'OPEN', RESOLVED: 'OPEN' },
  AGENT_REPLIES: { OPEN: 'PENDING', PENDING: 'PENDING', SNOOZED: 'PENDING' },
  SNOOZE: { OPEN: 'SNOOZED', PENDING: 'SNOOZED', SNOOZED: 'SNOOZED' },
  WAKE: { SNOOZED: 'OPEN' },
  RESOLVE: { OPEN: 'RESOLVED', PENDING: 'RESOLVED', SNOOZED: 'RESOLVED', RESOLVED: 'RESOLVED' },
  REOPEN: { SNOOZED: 'OPEN', RESOLVED: 'OPEN' },
}

const refusals: Record<StatusChange, string> = {
  CUSTOMER_WRITES: 'It takes no messages any more. Open a new conversation.',
  AGENT_REPLIES: 'Reopen it first, then reply.',
  SNOOZE: 'Reopen it first, then snooze it.',
  WAKE: 'Only a snoozed conversation wakes.',
  RESOLVE: 'It cannot be resolved.',
  REOPEN: 'Only a resolved or a snoozed one can be reopened. Reload it; there is nothing to do.',
}

const dayMs = 86_400_000
const longestSnoozeDays = 366

/** The status after it, or a ConflictError that says what to do instead. */
export function nextStatus(change: StatusChange, status: ConversationStatus): ConversationStatus {
  const outcome = outcomes[change][status]
  if (!outcome) throw new ConflictError(`The conversation is ${status}. ${refusals[change]}`)
  return outcome
}

/** Until when it may sleep: later than now, and no longer than a year. */
export function checkSnoozedUntil(until: Date, now: Date): Date {
  if (until <= now) throw new InvalidInputError(`until is ${until.toISOString()}, which is not in the future. Choose a later time.`)
  if (until.getTime() - now.getTime() > longestSnoozeDays * dayMs)
    throw new InvalidInputError(`until is ${until.toISOString()}, more than a year ahead. Choose an earlier time, or resolve the conversation.`)
  return until
}

/** Whether a customer's message opens a new conversation instead of this one, which was resolved too long ago. */
export function isOver(
  { status, resolvedAt }: Pick<Conversation, 'status' | 'resolvedAt'>,
  { windowMs, now }: { windowMs: number; now: Date },
): boolean {
  return status === 'RESOLVED' && resolvedAt !== null && now.getTime() - resolvedAt.getTime() > windowMs
}
