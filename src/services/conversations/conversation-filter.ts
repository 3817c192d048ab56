import type { ConversationStatus, Prisma } from '../../generated/prisma/client.ts'
import { ownConversations } from '../access/own-conversations.ts'
import { isStaff, type Viewer } from '../access/viewer.ts'
import { checkText, limits } from '../checked-input.ts'
import { createdWithin } from '../drafting/draft-filter.ts'

export interface ConversationFilter {
  status?: ConversationStatus[] | null
  assigneeId?: string | null
  unassigned?: boolean | null
  intent?: string | null
  escalated?: boolean | null
  search?: string | null
  createdAfter?: Date | null
  createdBefore?: Date | null
}

/** What a viewer may list, narrowed by what they ask for. */
export function conversationFilter(
  { status, assigneeId, unassigned, intent, escalated, search, createdAfter, createdBefore }: ConversationFilter,
  viewer: Viewer,
): Prisma.ConversationWhereInput {
  return {
    ...ownConversations(viewer),
    ...(status && { status: { in: [...new Set(status)] } }),
    ...((assigneeId || unassigned != null) && { AND: [assigneeId ? { assigneeId } : {}, assignedTo(unassigned)] }),
    ...(intent && { intent: checkText('filter.intent', intent, { maximum: limits.name }) }),
    ...(escalated != null && { escalatedAt: escalated ? { not: null } : null }),
    ...createdWithin({ createdAfter, createdBefore }),
    ...(search && containing(checkText('filter.search', search, { maximum: limits.title }), viewer)),
  }
}

function assignedTo(unassigned: boolean | null | undefined): Prisma.ConversationWhereInput {
  return unassigned == null ? {} : { assigneeId: unassigned ? null : { not: null } }
}

function containing(search: string, viewer: Viewer): Prisma.ConversationWhereInput {
  const contains = { contains: likePattern(search), mode: 'insensitive' as const }
  const notNotes = isStaff(viewer) ? {} : { kind: { not: 'NOTE' as const } }
  return { OR: [{ subject: contains }, { messages: { some: { text: contains, ...notNotes } } }] }
}

// % and _ are what the person typed, not wildcards.
function likePattern(search: string): string {
  return search.trim().replace(/[\\%_]/g, '\\$&')
}
