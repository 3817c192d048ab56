// #region apollo
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { OperationTypeNode } from 'graphql'
import { createClient } from 'graphql-ws'
import possibleTypes from '../../possible-types.json' with { type: 'json' }
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'
import { DraftReplyDocument, FollowDraftDocument, OpenConversationDocument } from './generated/graphql.ts'

export function apolloDesk(url: string, key: string) {
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${key}` },
    // Unless told so, it gives up when a connection is lost without a word, and after five attempts. 4403: the key is not valid.
    shouldRetry: (problem) => (problem as { code?: number }).code !== 4403,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** retries, 10_000) * (0.5 + Math.random() / 2))),
  })
  const client = new ApolloClient({
    // Without possibleTypes the cache does not know that a ConflictError is an Error, and leaves out what `... on Error` asks for.
    cache: new InMemoryCache({ possibleTypes }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      new HttpLink({ uri: url, headers: { authorization: `Bearer ${key}` } }),
    ),
  })

  return {
    client,

    async ask(message: string): Promise<string> {
      const opened = await client.mutate({ mutation: OpenConversationDocument, variables: { input: { message } } })
      const conversation = opened.data!.openConversation
      if (conversation.__typename !== 'Conversation') throw new Error(conversation.message)
      const drafted = await client.mutate({ mutation: DraftReplyDocument, variables: { input: { conversationId: conversation.id } } })
      const draft = drafted.data!.draftReply
      if (draft.__typename !== 'Draft') throw new Error(draft.message)
      return draft.id
    },

    // graphql-ws subscribes again by itself, with the variables of the first time: applyDraftEvent drops what we have.
    follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      return new Promise((resolve, reject) => {
        // An event is nothing to keep: the cache would write each over the one before.
        client.subscribe({ query: FollowDraftDocument, variables: { draftId, afterSeq: 0 }, fetchPolicy: 'no-cache' }).subscribe({
          next: ({ data, error }) => (error ? reject(error) : data && show((draft = applyDraftEvent(draft, data.draftEvents)))),
          error: reject,
          complete: () => resolve(draft),
        })
      })
    },

    close() {
      client.stop()
      return socket.dispose()
    },
  }
}
// #endregion
