const second = 1
const minute = 60
const hour = 3_600

/** Seconds before each attempt since the one before. The first is made at once. */
export const schedule = [0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
const longest = 24 * hour
const jitter = 0.1

/**
 * Seconds until the next attempt after so many, or null when there is none: by the schedule, a tenth more or less, so that what failed together does
 * not come back together. A receiver that asks for more time gets it, up to a day.
 */
export function retryDelay(
  attempts: number,
  { retryAfter, random = Math.random }: { retryAfter?: string | undefined; random?: () => number } = {},
): number | null {
  const scheduled = schedule[attempts]
  if (scheduled === undefined) return null
  const spread = scheduled * (1 - jitter + 2 * jitter * random())
  return Math.max(spread, Math.min(longest, secondsOf(retryAfter)))
}

/** A number of seconds or a date, as HTTP has it; anything else asks for nothing. */
function secondsOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter)
  const at = /GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.max(0, (at - Date.now()) / 1_000)
}
