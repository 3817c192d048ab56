/** What is missing from a bucket that fills steadily, and when that was so. */
export interface Bucket {
  missing: number
  atMs: number
}

/** How long an empty bucket takes to be full, whatever its size. */
export const fillMs = 60_000

/** What is missing by now. A clock that went back fills nothing. */
export function missingNow(bucket: Bucket | undefined, { maximum, nowMs }: { maximum: number; nowMs: number }): number {
  if (!bucket) return 0
  const filled = (Math.max(0, nowMs - bucket.atMs) * maximum) / fillMs
  return Math.max(0, bucket.missing - filled)
}

export interface Level {
  /** Whole points; with parts of one nothing can be paid. */
  available: number
  /** Until there is as much as was asked for; 0 when there is, infinite when there can never be. */
  enoughInMs: number
  fullInMs: number
}

export function levelOf(missing: number, { maximum, cost }: { maximum: number; cost: number }): Level {
  const lacking = Math.max(0, missing + cost - maximum)
  return {
    available: Math.max(0, Math.floor(maximum - missing)),
    enoughInMs: cost > maximum ? Number.POSITIVE_INFINITY : Math.ceil((lacking * fillMs) / maximum),
    fullInMs: Math.ceil((missing * fillMs) / maximum),
  }
}
