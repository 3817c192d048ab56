// #region urql
import { cacheExchange, createClient, fetchExchange } from '@urql/core'
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { DraftReplyDocument, FollowDraftDocument, OpenConversationDocument } from './generated/graphql.ts'

export function urqlDesk(url: string, key: string) {
  const client = createClient({
    url,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: { headers: { authorization: `Bearer ${key}` } },
    preferGetMethod: false,
    // Subscriptions come as server-sent events.
    fetchSubscriptions: true,
  })

  /** One subscription, up to its end or the loss of its connection. */
  const followOnce = (draftId: string, before: DraftState, show: (draft: DraftState) => void) =>
    new Promise<DraftState>((resolve, reject) => {
      let draft = before
      const { unsubscribe } = client.subscription(FollowDraftDocument, { draftId, afterSeq: before.seq }).subscribe(({ data, error, hasNext }) => {
        if (error?.graphQLErrors.length) return reject(error)
        if (data && !error) show((draft = applyDraftEvent(draft, data.draftEvents)))
        if (!error && !draft.ended && hasNext) return
        queueMicrotask(() => unsubscribe())
        resolve(draft)
      })
    })

  return {
    async ask(message: string): Promise<string> {
      const opened = await client.mutation(OpenConversationDocument, { input: { message } })
      if (opened.error) throw opened.error
      const conversation = opened.data!.openConversation
      if (conversation.__typename !== 'Conversation') throw new Error(conversation.message)
      const drafted = await client.mutation(DraftReplyDocument, { input: { conversationId: conversation.id } })
      if (drafted.error) throw drafted.error
      const draft = drafted.data!.draftReply
      if (draft.__typename !== 'Draft') throw new Error(draft.message)
      return draft.id
    },

    // urql does not subscribe again by itself: after a cut, go on after what we have.
    async follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      for (let failures = 0; !draft.ended; ) {
        const before = draft.seq
        draft = await followOnce(draftId, draft, show)
        if (draft.ended) break
        failures = draft.seq > before ? 0 : failures + 1
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** failures, 10_000)))
      }
      return draft
    },
  }
}
// #endregion
