import type { ConversationStatus, Prisma } from '../../generated/prisma/client.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkText, limits } from '../checked-input.ts'

export interface ConversationFilter {
  status?: ConversationStatus[] | null
  assigneeId?: string | null
  intent?: string | null
  escalated?: boolean | null
  search?: string | null
}

/** What a viewer may list, narrowed by what they ask for. */
export function conversationFilter(
  { status, assigneeId, intent, escalated, search }: ConversationFilter,
  viewer: Viewer,
): Prisma.ConversationWhereInput {
  return {
    ...(viewer.role === 'CUSTOMER' && { customerId: viewer.customerId ?? 'nobody' }),
    ...(status && { status: { in: status } }),
    ...(assigneeId && { assigneeId }),
    ...(intent && { intent: checkText('filter.intent', intent, { maximum: limits.name }) }),
    ...(escalated != null && { escalatedAt: escalated ? { not: null } : null }),
    ...(search && containing(checkText('filter.search', search, { maximum: limits.title }), viewer)),
  }
}

function containing(search: string, viewer: Viewer): Prisma.ConversationWhereInput {
  const contains = { contains: likePattern(search), mode: 'insensitive' as const }
  const notNotes = viewer.role === 'CUSTOMER' ? { kind: { not: 'NOTE' as const } } : {}
  return { OR: [{ subject: contains }, { messages: { some: { text: contains, ...notNotes } } }] }
}

// % and _ are what the person typed, not wildcards.
function likePattern(search: string): string {
  return search.trim().replace(/[\\%_]/g, '\\$&')
}
