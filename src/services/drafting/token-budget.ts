import type { Transaction } from '../../stores/database.ts'
import type { Viewer } from '../access/viewer.ts'
import { RateLimitedError } from '../errors.ts'

const dayMs = 24 * 3600_000

/** Refuses a draft when the day's tokens of a language model are used up. What is in the middle of being written is not counted yet. */
export async function requireTokens(tx: Transaction, { callerId, llmTokensPerDay }: Viewer, now = new Date()): Promise<void> {
  if (llmTokensPerDay == null) return
  const day = dayOf(now)
  const used = (await tx.llmUsage.findUnique({ where: { callerId_day: { callerId, day } } }))?.tokens ?? 0
  if (used < llmTokensPerDay) return
  const renewsAt = new Date(day.getTime() + dayMs)
  throw new RateLimitedError(
    `Your key has used ${used} of its ${llmTokensPerDay} tokens of the language model for today. They renew at ${renewsAt.toISOString()}; until then write the reply yourself, or ask an admin for a larger budget.`,
    { limit: { name: 'llmTokensPerDay', maximum: llmTokensPerDay, actual: used }, renewsAt },
  )
}

/** Adds what a finished draft took. The last statement of its transaction: all drafts of a caller change the same row. */
export async function addTokens(tx: Transaction, { callerId, tokens }: { callerId: string; tokens: number }, now = new Date()): Promise<void> {
  if (tokens === 0) return
  await tx.$executeRaw`INSERT INTO "LlmUsage" ("callerId", "day", "tokens") VALUES (${callerId}, ${dayOf(now)}::date, ${tokens})
    ON CONFLICT ("callerId", "day") DO UPDATE SET "tokens" = "LlmUsage"."tokens" + EXCLUDED."tokens"`
}

/** In UTC, as the budget is. */
const dayOf = (now: Date) => new Date(Math.floor(now.getTime() / dayMs) * dayMs)
