import type { Transaction } from '../../stores/database.ts'
import type { Viewer } from '../access/viewer.ts'
import { RateLimitedError } from '../errors.ts'

const dayMs = 24 * 3600_000

type Payer = Pick<Viewer, 'callerId' | 'llmTokensPerDay'>

/** Refuses a draft when the day's tokens of a language model are used up. What is in the middle of being written is not counted yet. */
export async function requireTokens(tx: Transaction, payer: Payer, now = new Date()): Promise<void> {
  const used = await tokensUsedUp(tx, payer, now)
  if (used === null) return
  const renewsAt = new Date(dayOf(now).getTime() + dayMs)
  const maximum = payer.llmTokensPerDay!
  throw new RateLimitedError(
    `Your key has used ${used} of its ${maximum} tokens of the language model for today. They renew at ${renewsAt.toISOString()}; until then write the reply yourself, or ask an admin for a larger budget.`,
    { limit: { name: 'llmTokensPerDay', maximum, actual: used }, renewsAt },
  )
}

/** How many were used today, when that is all that there were; null while some are left. */
export async function tokensUsedUp(tx: Transaction, { callerId, llmTokensPerDay }: Payer, now = new Date()): Promise<number | null> {
  if (llmTokensPerDay == null) return null
  const used = (await tx.llmUsage.findUnique({ where: { callerId_day: { callerId, day: dayOf(now) } } }))?.tokens ?? 0
  return used < llmTokensPerDay ? null : used
}

/** Who pays for the draft that comes by itself when this viewer writes: a partner, also for the customers whose tokens it made. Else nobody does. */
export function automaticPayer(by: Viewer | null): Payer | null {
  return by?.role === 'PARTNER' ? by : (by?.madeWith ?? null)
}

/** Adds what a finished draft took. The last statement of its transaction: all drafts of a caller change the same row. */
export async function addTokens(tx: Transaction, { callerId, tokens }: { callerId: string; tokens: number }, now = new Date()): Promise<void> {
  if (tokens === 0) return
  await tx.$executeRaw`INSERT INTO "LlmUsage" ("callerId", "day", "tokens") VALUES (${callerId}, ${dayOf(now)}::date, ${tokens})
    ON CONFLICT ("callerId", "day") DO UPDATE SET "tokens" = "LlmUsage"."tokens" + EXCLUDED."tokens"`
}

/** In UTC, as the budget is. */
const dayOf = (now: Date) => new Date(Math.floor(now.getTime() / dayMs) * dayMs)
