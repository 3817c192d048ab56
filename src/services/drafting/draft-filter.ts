import type { DraftStatus, FeedbackRating, Prisma } from '../../generated/prisma/client.ts'
import { checkText, limits } from '../checked-input.ts'

export interface DraftFilter {
  status?: DraftStatus[] | null
  intent?: string | null
  modelVersionId?: string | null
  variantId?: string | null
  rating?: FeedbackRating | null
  edited?: boolean | null
  createdAfter?: Date | null
  createdBefore?: Date | null
}

export function draftFilter({
  status,
  intent,
  modelVersionId,
  variantId,
  rating,
  edited,
  createdAfter,
  createdBefore,
}: DraftFilter): Prisma.DraftWhereInput {
  return {
    ...(status && { status: { in: [...new Set(status)] } }),
    ...(intent && { intent: checkText('filter.intent', intent, { maximum: limits.name }) }),
    ...(modelVersionId && { modelVersionId }),
    ...(variantId && { variantId }),
    ...(rating && { feedback: { some: { rating } } }),
    ...(edited != null && { sentMessage: { kind: edited ? 'AGENT_EDITED' : 'FINAL' } }),
    ...createdWithin({ createdAfter, createdBefore }),
  }
}

/** From the first moment on, and before the second: as analytics count. */
export function createdWithin({ createdAfter, createdBefore }: Pick<DraftFilter, 'createdAfter' | 'createdBefore'>): {
  createdAt?: Prisma.DateTimeFilter
} {
  if (!createdAfter && !createdBefore) return {}
  return { createdAt: { ...(createdAfter && { gte: createdAfter }), ...(createdBefore && { lt: createdBefore }) } }
}
