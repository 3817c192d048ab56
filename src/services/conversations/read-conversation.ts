import type { Conversation, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ownConversations } from '../access/own-conversations.ts'
import type { Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'

/** The conversation, if this viewer may know of it; a foreign one looks like none. */
export async function readConversation(
  { database }: Pick<Resources, 'database'>,
  {
    conversationId,
    viewer,
    query = {},
  }: { conversationId: string | null; viewer: Viewer; query?: Pick<Prisma.ConversationFindFirstArgs, 'include' | 'select'> },
): Promise<Conversation | null> {
  if (conversationId === null) return null
  return database.conversation.findFirst({ ...(query as object), where: { id: conversationId, ...ownConversations(viewer) } })
}

/** For mutations: throws NotFoundError when the viewer may not know of the conversation. */
export async function requireConversation(resources: Pick<Resources, 'database'>, conversationId: string, viewer: Viewer): Promise<void> {
  if (!(await readConversation(resources, { conversationId, viewer }))) throw new NotFoundError('conversation')
}
