// #region graphql-ws
import { type DocumentNode, print } from 'graphql'
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

  async function* results<Data>(document: DocumentNode, variables: Record<string, unknown>): AsyncGenerator<Data> {
    try {
      for await (const { data, errors } of client.iterate<Data>({ query: print(document), variables })) {
        if (errors) throw new Error(errors[0]!.message)
        if (data) yield data
      }
    } catch (problem) {
      throw asError(problem)
    }
  }

  // Queries and mutations go over the same socket.
  async function run(document: typeof OpenConversationDocument | typeof DraftReplyDocument, variables: Record<string, unknown>): Promise<any> {
    for await (const data of results(document, variables)) return data
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
      for await (const { draftEvents } of results<FollowDraftSubscription>(FollowDraftDocument, variables))
        show((draft = applyDraftEvent(draft, draftEvents)))
      return draft
    },

    close: () => client.dispose(),
  }
}

// What ends a socket for good comes as the event of its close, and no error.
function asError(problem: unknown): Error {
  if (problem instanceof Error) return problem
  const { code, reason } = problem as CloseEvent
  return new Error(`${closeCodes[code] ?? 'The connection was closed.'} (${code}${reason && ` ${reason}`})`)
}

const closeCodes: Record<number, string> = {
  1009: 'A message was larger than a megabyte. Send less at once.',
  4400: 'A message was not of the protocol. Check the version of graphql-ws.',
  4403: 'The key or token is not valid, or no longer. Get a new one and connect again.',
  4406: 'The server does not speak this subprotocol. Check the address.',
  4408: 'The connection was not initialised in time. Try again.',
}
// #endregion
