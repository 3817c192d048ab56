import type { Conversation, Message } from '../../generated/prisma/client.ts'
import { createEventQueue, type EventQueue } from '../../lib/event-queue.ts'
import type { Resources } from '../../resources.ts'
import { isStaff, type Viewer } from '../access/viewer.ts'
import { type ConversationChange, followChanges } from './conversation-changes.ts'
import { requireConversation } from './read-conversation.ts'

export type ConversationEvent = { id: string; at: Date } & (
  | { type: 'MessageAdded'; message: Message }
  | { type: 'ConversationChanged'; conversation: Conversation }
  | { type: 'DraftQueued'; draftId: string }
)

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'logger'>

/** Further behind than this, a subscriber is ended; it subscribes and queries again. */
const mostWaiting = 1_000

/** Every conversation that changes from now on, as it is after the change. */
export function followInbox(resources: Needed): Promise<EventQueue<ConversationEvent>> {
  return follow(resources, null, changed)
}

/** What happens in one conversation from now on. Its customer hears of messages and of the status, its partner also of drafts, and neither of what is the team's. */
export async function followConversation(
  resources: Needed,
  { conversationId, viewer }: { conversationId: string; viewer: Viewer },
): Promise<EventQueue<ConversationEvent>> {
  await requireConversation(resources, conversationId, viewer)
  return follow(resources, conversationId, (changes) => {
    const own = isStaff(viewer) ? changes : changes.filter((change) => isFor(viewer, change))
    return [
      ...own.flatMap(({ kind, message, id, at }) => (kind === 'MESSAGE' && message ? [{ id, at, type: 'MessageAdded' as const, message }] : [])),
      ...changed(own.filter(({ kind, draftStatus }) => kind !== 'MESSAGE' && draftStatus !== 'QUEUED')),
      ...own.flatMap(({ draftStatus, draftId, id, at }) =>
        draftStatus === 'QUEUED' && draftId ? [{ id, at, type: 'DraftQueued' as const, draftId }] : [],
      ),
    ]
  })
}

function isFor({ role }: Viewer, { kind, message }: ConversationChange): boolean {
  if (kind === 'DRAFT') return role === 'PARTNER'
  return kind === 'STATUS' || kind === 'RATING' || (kind === 'MESSAGE' && message?.kind !== 'NOTE')
}

/** One event a conversation, however much of it has changed. */
function changed(changes: ConversationChange[]): ConversationEvent[] {
  const newest = new Map(
    changes.map(({ at, conversation }) => [conversation.id, { id: conversation.id, at, type: 'ConversationChanged' as const, conversation }]),
  )
  return [...newest.values()]
}

async function follow(
  resources: Needed,
  conversationId: string | null,
  toEvents: (changes: ConversationChange[]) => ConversationEvent[],
): Promise<EventQueue<ConversationEvent>> {
  let leave = () => {}
  const queue = createEventQueue<ConversationEvent>({ limit: mostWaiting, keyOf: ({ id }) => id, onEnd: () => leave() })
  leave = await followChanges(resources, {
    conversationId,
    onChanges(changes) {
      for (const event of toEvents(changes)) queue.push(event)
    },
  })
  return queue
}
