// #region reducer
import type { FollowDraftSubscription } from './generated/graphql.ts'

export type DraftEvent = FollowDraftSubscription['draftEvents']

export interface DraftState {
  /** Of the last event that is in `text`. */
  seq: number
  text: string
  /** How it ended; null while it is written. */
  ended: 'DraftCompleted' | 'DraftFailed' | 'DraftCancelled' | null
}

export const noDraft: DraftState = { seq: 0, text: '', ended: null }

/** Whatever comes twice after a reconnect has a `seq` that is known, and changes nothing. */
export function applyDraftEvent(draft: DraftState, event: DraftEvent): DraftState {
  const { seq } = event
  if (seq <= draft.seq) return draft
  if (event.__typename === 'DraftSnapshot') return { ...draft, seq, text: event.text }
  if (event.__typename === 'DraftDelta') return { ...draft, seq, text: draft.text.slice(0, event.offset) + event.text }
  if (event.__typename === 'DraftCompleted' || event.__typename === 'DraftFailed' || event.__typename === 'DraftCancelled')
    return { ...draft, seq, ended: event.__typename }
  return { ...draft, seq }
}
// #endregion
