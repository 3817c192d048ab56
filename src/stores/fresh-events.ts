import type { LoggedEvent } from './event-log.ts'

/**
 * Events of drafts that this process has written and somebody follows here, so that they need not be read back. The log stays the truth: what
 * is missing here, or was written elsewhere, is read there.
 */
export interface FreshEvents {
  /** To be called when the event is committed, before the followers are woken. */
  add(draftId: string, event: LoggedEvent): void
  /** Begins to keep what is written. */
  follow(draftId: string): FreshDraft
}

export interface FreshDraft {
  /** The highest seq that was added; 0 when none was. */
  newest(): number
  /** The events right after `seq`, without a gap; none when the next one is not here. */
  after(seq: number): LoggedEvent[]
  end(): void
}

/** A follower that is further behind reads the log. */
const mostKept = 64

export function createFreshEvents(): FreshEvents {
  const drafts = new Map<string, { followers: number; newest: number; events: Map<number, LoggedEvent> }>()
  return {
    add(draftId, event) {
      const draft = drafts.get(draftId)
      if (!draft) return
      draft.newest = Math.max(draft.newest, event.seq)
      draft.events.set(event.seq, event)
      draft.events.delete(draft.newest - mostKept)
    },
    follow(draftId) {
      const draft = drafts.get(draftId) ?? { followers: 0, newest: 0, events: new Map() }
      drafts.set(draftId, draft)
      draft.followers += 1
      let isFollowing = true
      return {
        newest: () => draft.newest,
        after(seq) {
          const found: LoggedEvent[] = []
          for (let event = draft.events.get(seq + 1); event; event = draft.events.get(event.seq + 1)) found.push(event)
          return found
        },
        end() {
          if (isFollowing && --draft.followers === 0) drafts.delete(draftId)
          isFollowing = false
        },
      }
    },
  }
}
