import type { Prisma } from '../../generated/prisma/client.ts'
import { checkText, limits } from '../checked-input.ts'

export interface AuditFilter {
  action?: string | null
  actor?: { typename: string; id: string } | null
  target?: { typename: string; id: string } | null
  from?: Date | null
  to?: Date | null
}

/** The entries of the audit log that all of it fits; `to` is outside. */
export function auditFilter({ action, actor, target, from, to }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(action && { action: checkText('filter.action', action, { maximum: limits.name }) }),
    ...(actor && { actorType: actor.typename, actorId: actor.id }),
    ...(target && { targetType: target.typename, targetId: target.id }),
    ...((from || to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  }
}
