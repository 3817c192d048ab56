// #region react
import { print } from 'graphql'
import type { Client } from 'graphql-ws'
import { useEffect, useReducer } from 'react'
import { applyDraftEvent, type DraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { FollowDraftDocument, type FollowDraftSubscription } from './generated/graphql.ts'

interface FollowedDraft extends DraftState {
  draftId: string
  problem: string | null
}

/** A draft as it is written, through losses of the connection. `client` is one of graphql-ws, for the whole page. */
export function useDraft(client: Client, draftId: string): FollowedDraft {
  const [draft, update] = useReducer(reduce, { ...noDraft, draftId, problem: null })
  useEffect(() => {
    const tell = (change: Change) => update({ draftId, ...change })
    return client.subscribe<FollowDraftSubscription>(
      { query: print(FollowDraftDocument), variables: { draftId, afterSeq: 0 } },
      {
        next: ({ data, errors }) => tell(data ? { event: data.draftEvents } : { problem: errors?.[0]?.message ?? 'No answer' }),
        error: (error) => tell({ problem: Array.isArray(error) ? error[0].message : 'The connection was lost.' }),
        complete: () => {},
      },
    )
  }, [client, draftId])
  return draft.draftId === draftId ? draft : { ...noDraft, draftId, problem: null }
}

type Change = { event: DraftEvent } | { problem: string }

function reduce(before: FollowedDraft, { draftId, ...change }: Change & { draftId: string }): FollowedDraft {
  const draft = before.draftId === draftId ? before : { ...noDraft, draftId, problem: null }
  return 'event' in change ? { ...draft, ...applyDraftEvent(draft, change.event) } : { ...draft, problem: change.problem }
}

export function Draft({ client, draftId }: { client: Client; draftId: string }) {
  const { text, ended, problem } = useDraft(client, draftId)
  return (
    <p role="status" aria-busy={!ended && !problem}>
      {problem ?? text}
    </p>
  )
}
// #endregion
