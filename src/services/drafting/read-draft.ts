import type { Draft, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ownConversations } from '../access/own-conversations.ts'
import { isStaff, type Viewer } from '../access/viewer.ts'
import { NotFoundError } from '../errors.ts'

/** Drafts that a viewer may know of: staff all, a partner those of the conversations that it opened. Customers none. */
export function ownDrafts(viewer: Viewer): Prisma.DraftWhereInput {
  if (isStaff(viewer)) return {}
  return viewer.role === 'PARTNER' ? { conversation: ownConversations(viewer) } : { id: 'none' }
}

/** The draft, if this viewer may know of it; a foreign one looks like none. */
export async function readDraft(
  { database }: Pick<Resources, 'database'>,
  { draftId, viewer, query = {} }: { draftId: string | null; viewer: Viewer; query?: Pick<Prisma.DraftFindFirstArgs, 'include' | 'select'> },
): Promise<Draft | null> {
  if (draftId === null) return null
  return database.draft.findFirst({ ...(query as object), where: { AND: [{ id: draftId }, ownDrafts(viewer)] } })
}

/** For mutations and subscriptions: throws NotFoundError when the viewer may not know of the draft. */
export async function requireDraft({ database }: Pick<Resources, 'database'>, draftId: string, viewer: Viewer): Promise<void> {
  if (isStaff(viewer)) return
  if ((await database.draft.count({ where: { AND: [{ id: draftId }, ownDrafts(viewer)] } })) === 0) throw new NotFoundError('draft')
}
