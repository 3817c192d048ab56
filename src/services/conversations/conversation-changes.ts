import type { Conversation, DraftStatus, Message, TimelineKind } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { conversationsTopic } from '../../stores/event-log.ts'

type Needed = Pick<Resources, 'database' | 'wakeUps' | 'logger'>

/** An entry of a timeline, with the conversation as it was when it was found. */
export interface ConversationChange {
  id: string
  at: Date
  kind: TimelineKind
  conversation: Conversation
  message: Message | null
  draftId: string | null
  draftStatus: DraftStatus | null
}

export interface Follower {
  /** Null: of every conversation. */
  conversationId: string | null
  /** What was found at one look, oldest first. */
  onChanges(changes: ConversationChange[]): void
}

const lookEveryMs = 1_000
/** Ids begin with the time at which they were made, and a transaction shows its rows when it commits: how much later that may be. */
const latestCommitMs = 20_000
/** What a look after a wake-up reads again; the rest is found at the next one by the clock. */
const recentMs = 2_000
const mostEntries = 5_000

const feeds = new WeakMap<Resources['wakeUps'], ReturnType<typeof createFeed>>()

/**
 * Tells what is written into the timelines from now on, until the returned function is called. One look, after a wake-up or once a second, serves
 * all followers of this process, and none looks while nobody follows.
 */
export async function followChanges(resources: Needed, follower: Follower): Promise<() => void> {
  let feed = feeds.get(resources.wakeUps)
  if (!feed) feeds.set(resources.wakeUps, (feed = createFeed(resources)))
  return feed.follow(follower)
}

function createFeed({ database, wakeUps, logger }: Needed) {
  const followers = new Set<Follower>()
  const seen = new Set<string>()
  let begun: Promise<void> | null = null
  let isLooking = false
  let nextLookMs = 0
  let stop = () => {}

  function begin(): Promise<void> {
    const stopListening = wakeUps.listen(conversationsTopic, () => look(recentMs))
    const timer = setInterval(() => look(latestCommitMs), lookEveryMs)
    stop = () => {
      stopListening()
      clearInterval(timer)
      seen.clear()
      begun = null
    }
    // What is there already happened before anybody followed.
    return unseen(latestCommitMs).then(() => {})
  }

  /** A second one while the first is under way waits for it, and then looks as far back as any that was asked for. */
  function look(sinceMs: number): void {
    nextLookMs = Math.max(nextLookMs, sinceMs)
    if (!isLooking) void lookAgain()
  }

  async function lookAgain(): Promise<void> {
    isLooking = true
    try {
      await begun
      while (nextLookMs > 0 && followers.size > 0) {
        const sinceMs = nextLookMs
        nextLookMs = 0
        tell(await load(await unseen(sinceMs)))
      }
    } catch (error) {
      logger.warn({ err: error }, 'changes of conversations could not be looked for')
    } finally {
      isLooking = false
      nextLookMs = 0
    }
  }

  async function unseen(sinceMs: number): Promise<{ id: string; conversationId: string }[]> {
    const now = Date.now()
    const newestFirst = await database.timelineEntry.findMany({
      where: { id: { gt: firstIdAt(now - sinceMs) } },
      orderBy: { id: 'desc' },
      take: mostEntries,
      select: { id: true, conversationId: true },
    })
    const fresh = newestFirst.reverse().filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    const oldest = firstIdAt(now - 2 * latestCommitMs)
    for (const id of seen) if (id < oldest) seen.delete(id)
    return fresh
  }

  async function load(entries: { id: string; conversationId: string }[]): Promise<ConversationChange[]> {
    const isFollowed = (id: string) => [...followers].some(({ conversationId }) => conversationId === null || conversationId === id)
    const ids = entries.filter(({ conversationId }) => isFollowed(conversationId)).map(({ id }) => id)
    if (ids.length === 0) return []
    const found = await database.timelineEntry.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
      include: { conversation: true, message: true },
    })
    return found.map(({ id, at, kind, conversation, message, draftId, details }) => {
      const { draftStatus = null } = details as { draftStatus?: DraftStatus }
      return { id, at, kind, conversation, message, draftId, draftStatus }
    })
  }

  function tell(changes: ConversationChange[]): void {
    for (const { conversationId, onChanges } of followers) {
      const own = conversationId === null ? changes : changes.filter(({ conversation }) => conversation.id === conversationId)
      if (own.length > 0) onChanges(own)
    }
  }

  return {
    async follow(follower: Follower): Promise<() => void> {
      const leave = () => {
        if (followers.delete(follower) && followers.size === 0) stop()
      }
      followers.add(follower)
      try {
        await (begun ??= begin())
      } catch (error) {
        leave()
        throw error
      }
      return leave
    },
  }
}

/** The least UUIDv7 of a millisecond. */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
