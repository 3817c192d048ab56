// #region graphql-ws
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { DraftReplyDocument, FollowDraftDocument, type FollowDraftSubscription, OpenConversationDocument } from './generated/graphql.ts'

export function graphqlWsDesk(url: string, key: string) {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${key}` },
    // Unless told so, it gives up when a connection is lost without a word, and after five attempts. 4403: the key is not valid.
    shouldRetry: (problem) => (problem as { code?: number }).code !== 4403,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** retries, 10_000) * (0.5 + Math.random() / 2))),
  })

  // Queries and mutations go over the same socket.
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

    // After a cut graphql-ws connects and subscribes again by itself, with the variables of the first time:
    // every event comes once more, and applyDraftEvent drops those that we have.
    async follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      const variables = { draftId, afterSeq: 0 }
      for await (const { data, errors } of client.iterate<FollowDraftSubscription>({ query: print(FollowDraftDocument), variables })) {
        if (errors) throw new Error(errors[0]!.message)
        if (data) show((draft = applyDraftEvent(draft, data.draftEvents)))
      }
      return draft
    },

    close: () => client.dispose(),
  }
}
// #endregion
