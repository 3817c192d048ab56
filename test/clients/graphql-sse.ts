// #region graphql-sse
import { print } from 'graphql'
import { createClient } from 'graphql-sse'
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { DraftReplyDocument, FollowDraftDocument, type FollowDraftSubscription, OpenConversationDocument } from './generated/graphql.ts'

export function graphqlSseDesk(url: string, key: string) {
  let refused: number | null = null
  // Each operation has a connection of its own; the server has no single connection mode.
  const client = createClient({
    url,
    headers() {
      if (refused) throw new Error(`The server refuses with HTTP ${refused}.`)
      return { authorization: `Bearer ${key}` }
    },
    // It tries again whatever the answer, also for a key that is not valid. Only what fails before the request ends it.
    async fetchFn(...request: Parameters<typeof fetch>) {
      const response = await fetch(...request)
      refused = response.status >= 400 && response.status < 500 ? response.status : null
      return response
    },
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** retries, 10_000) * (0.5 + Math.random() / 2))),
  })

  async function run(document: typeof OpenConversationDocument | typeof DraftReplyDocument, variables: Record<string, unknown>): Promise<any> {
    for await (const { data, errors } of client.iterate({ query: print(document), variables })) {
      if (errors) throw new Error(errors[0]!.message)
      return data
    }
  }

  return {
    async ask(message: string): Promise<string> {
      const { openConversation: conversation } = await run(OpenConversationDocument, { input: { message } })
      if (!conversation.id) throw new Error(conversation.message)
      const { draftReply: draft } = await run(DraftReplyDocument, { input: { conversationId: conversation.id } })
      if (!draft.id) throw new Error(draft.message)
      return draft.id
    },

    // After a cut graphql-sse asks again by itself, with the variables of the first time: applyDraftEvent drops what we have.
    async follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      while (!draft.ended) {
        const variables = { draftId, afterSeq: draft.seq }
        for await (const { data, errors } of client.iterate<FollowDraftSubscription>({ query: print(FollowDraftDocument), variables })) {
          if (errors) throw new Error(errors[0]!.message)
          if (data) show((draft = applyDraftEvent(draft, data.draftEvents)))
        }
        // A server that stops completes its streams before their end.
        if (!draft.ended) await new Promise((resolve) => setTimeout(resolve, 1000))
      }
      return draft
    },

    close: () => client.dispose(),
  }
}
// #endregion
