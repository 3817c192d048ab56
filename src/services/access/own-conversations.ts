import type { Prisma } from '../../generated/prisma/client.ts'
import { isStaff, type Viewer } from './viewer.ts'

/** Which conversations a viewer may know of: staff all, a customer its own, a partner those that it opened. One rule for lists, ids, searches and events. */
export function ownConversations(viewer: Viewer): Prisma.ConversationWhereInput {
  if (isStaff(viewer)) return {}
  if (viewer.role === 'PARTNER') return { partnerId: viewer.partnerId ?? 'nobody' }
  return { customerId: viewer.customerId ?? 'nobody', ...(viewer.partnerId !== null && { partnerId: viewer.partnerId }) }
}

/** The same for one that was read already. */
export function isOwnConversation(viewer: Viewer, conversation: { customerId: string; partnerId: string | null }): boolean {
  if (isStaff(viewer)) return true
  if (viewer.role === 'PARTNER') return viewer.partnerId !== null && conversation.partnerId === viewer.partnerId
  const isOfPartner = viewer.partnerId === null || conversation.partnerId === viewer.partnerId
  return viewer.customerId !== null && conversation.customerId === viewer.customerId && isOfPartner
}
