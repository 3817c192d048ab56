import type { Prisma } from '../../generated/prisma/client.ts'

export type GapState = 'OPEN' | 'FILLED' | 'DISMISSED'

/** Each gap is in one state: what was dismissed stays so, whatever is written later. */
export function gapFilter(state: GapState): Prisma.KnowledgeGapWhereInput {
  if (state === 'DISMISSED') return { dismissedAt: { not: null } }
  // The moment between a gap's first line and its first question is nobody's business.
  return { dismissedAt: null, filledById: state === 'FILLED' ? { not: null } : null, count: { gt: 0 } }
}
