// #region relay
import { createClient } from 'graphql-ws'
import {
  commitMutation,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  graphql,
  type MutationParameters,
  Network,
  Observable,
  RecordSource,
  type RequestParameters,
  requestSubscription,
  Store,
  type Variables,
} from 'relay-runtime'
import { applyDraftEvent, type DraftEvent, type DraftState, noDraft } from '../apply-draft-event.ts'
import type { relayDeskDraftMutation } from './__generated__/relayDeskDraftMutation.graphql.ts'
import type { relayDeskFollowSubscription } from './__generated__/relayDeskFollowSubscription.graphql.ts'
import type { relayDeskInboxQuery } from './__generated__/relayDeskInboxQuery.graphql.ts'
import type { relayDeskNodeQuery } from './__generated__/relayDeskNodeQuery.graphql.ts'
import type { relayDeskOpenMutation } from './__generated__/relayDeskOpenMutation.graphql.ts'

export function relayDesk(url: string, key: string) {
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${key}` },
    // Unless told so, it gives up when a connection is lost without a word, and after five attempts. 4403: the key is not valid.
    shouldRetry: (problem) => (problem as { code?: number }).code !== 4403,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** retries, 10_000) * (0.5 + Math.random() / 2))),
  })

  async function post({ id, text }: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      // By persistConfig of relay.config.json an operation has an id and no text. A key that may send any text sends `query: text`.
      body: JSON.stringify(id ? { doc_id: id, variables } : { query: text, variables }),
    })
    return response.json()
  }

  const subscribe = ({ id, text }: RequestParameters, variables: Variables) =>
    Observable.create<GraphQLResponse>((sink) =>
      socket.subscribe(id ? ({ query: '', doc_id: id, variables } as never) : { query: text!, variables }, sink as never),
    )

  const environment = new Environment({ network: Network.create(post, subscribe), store: new Store(new RecordSource()) })

  function mutate<Mutation extends MutationParameters>(mutation: ReturnType<typeof graphql>, variables: Mutation['variables']) {
    return new Promise<Mutation['response']>((resolve, reject) =>
      commitMutation<Mutation>(environment, {
        mutation,
        variables,
        onCompleted: (response, errors) => (errors?.length ? reject(new Error(errors[0]!.message)) : resolve(response)),
        onError: reject,
      }),
    )
  }

  return {
    environment,

    async ask(message: string): Promise<string> {
      const { openConversation: conversation } = await mutate<relayDeskOpenMutation>(openMutation, { input: { message } })
      if (!conversation.id) throw new Error(conversation.message)
      const { draftReply: draft } = await mutate<relayDeskDraftMutation>(draftMutation, { input: { conversationId: conversation.id } })
      if (!draft.id) throw new Error(draft.message)
      return draft.id
    },

    // graphql-ws subscribes again by itself, with the variables of the first time: applyDraftEvent drops what we have.
    follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      return new Promise((resolve, reject) =>
        requestSubscription<relayDeskFollowSubscription>(environment, {
          subscription: followSubscription,
          variables: { draftId, afterSeq: 0 },
          onNext: (data) => data && show((draft = applyDraftEvent(draft, data.draftEvents as DraftEvent))),
          onError: reject,
          onCompleted: () => resolve(draft),
        }),
      )
    },

    inbox: (first: number, after: string | null) => fetchQuery<relayDeskInboxQuery>(environment, inboxQuery, { first, after }).toPromise(),
    conversation: (id: string) => fetchQuery<relayDeskNodeQuery>(environment, nodeQuery, { id }).toPromise(),
    close: () => socket.dispose(),
  }
}

const openMutation = graphql`
  mutation relayDeskOpenMutation($input: OpenConversationInput!) {
    openConversation(input: $input) { __typename ... on Conversation { id } ... on Error { message } }
  }
`
const draftMutation = graphql`
  mutation relayDeskDraftMutation($input: DraftReplyInput!) {
    draftReply(input: $input) { __typename ... on Draft { id } ... on Error { message } }
  }
`
const followSubscription = graphql`
  subscription relayDeskFollowSubscription($draftId: ID!, $afterSeq: Int) {
    draftEvents(draftId: $draftId, afterSeq: $afterSeq) { __typename seq ... on DraftSnapshot { text } ... on DraftDelta { offset text } }
  }
`
const inboxQuery = graphql`
  query relayDeskInboxQuery($first: Int, $after: String) {
    conversations(first: $first, after: $after) { edges { node { id status lastMessage { text } } } pageInfo { hasNextPage endCursor } }
  }
`
const nodeQuery = graphql`
  query relayDeskNodeQuery($id: ID!) {
    node(id: $id) { ... on Conversation { id status customer { name } } }
  }
`
// #endregion
