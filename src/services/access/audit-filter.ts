import type { Prisma } from '../../generated/prisma/client.ts'
import { nearNames } from '../../lib/text/near-names.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

export interface AuditFilter {
  action?: string | null
  actor?: { typename: string; id: string } | null
  target?: { typename: string; id: string } | null
  from?: Date | null
  to?: Date | null
}

/** The entries of the audit log that all of it fits; `to` is outside. `actions` are those that there can be. */
export function auditFilter({ action, actor, target, from, to }: AuditFilter, actions: string[]): Prisma.AuditEntryWhereInput {
  return {
    ...(action != null && { action: checkAction(action, actions) }),
    ...(actor && { actorType: actor.typename, actorId: actor.id }),
    ...(target && { targetType: target.typename, targetId: target.id }),
    ...((from || to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  }
}

// A misspelt one would look like something that nobody has done.
function checkAction(given: string, actions: string[]): string {
  const action = checkText('filter.action', given, { maximum: limits.name })
  if (actions.includes(action)) return action
  const near = nearNames(action, actions)
  const meant = near.length === 0 ? 'It is the name of a mutation, such as sendReply.' : `Did you mean ${near.join(' or ')}?`
  throw new InvalidInputError(`filter.action is none that the log has. ${meant}`)
}
