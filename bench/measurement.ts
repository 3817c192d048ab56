/** One figure: what was measured, beside its reference from the same run and its target. */
export interface Measurement {
  title: string
  /** Under which conditions, in a line or two. */
  conditions: string
  /** What the reference is, exactly. */
  reference: string
  rows: Row[]
  /** What explains the numbers. */
  notes?: string[]
}

export interface Row {
  what: string
  unit: Unit
  measured: number
  /** Null where there is nothing to compare with. */
  reference: number | null
  target: Target | null
}

export type Unit = 'ms' | 's' | 'MB' | 'per second' | 'share' | 'count'
export type Target = { atMost: number } | { atLeast: number } | { atLeastShareOfReference: number }

/** Null without a target. */
export function isMet({ measured, reference, target }: Row): boolean | null {
  if (!target) return null
  if ('atMost' in target) return measured <= target.atMost
  if ('atLeast' in target) return measured >= target.atLeast
  return reference === null ? null : measured >= target.atLeastShareOfReference * reference
}
