export const openConversation = /* GraphQL */ `
  mutation OpenConversation($input: OpenConversationInput!) {
    openConversation(input: $input) { __typename ... on Conversation { id } ... on Error { message } }
  }`

export const draftReply = /* GraphQL */ `
  mutation DraftReply($input: DraftReplyInput!) {
    draftReply(input: $input) { __typename ... on Draft { id } ... on Error { message } }
  }`

export const draftEvents = /* GraphQL */ `
  subscription DraftEvents($draftId: ID!) {
    draftEvents(draftId: $draftId) {
      __typename
      seq
      at
      ... on DraftDelta { offset text }
      ... on DraftCompleted { draft { text origin timings { routeMs retrieveMs firstTokenMs totalMs } } }
      ... on DraftFailed { code failure: message }
    }
  }`

export interface DraftEvent {
  __typename:
    | 'DraftRouted'
    | 'DraftSourcesFound'
    | 'DraftStarted'
    | 'DraftDelta'
    | 'DraftSnapshot'
    | 'DraftCompleted'
    | 'DraftFailed'
    | 'DraftCancelled'
  seq: number
  at: string
  offset?: number
  text?: string
  draft?: { text: string; origin: string; timings: { routeMs: number; retrieveMs: number; firstTokenMs: number; totalMs: number } }
  code?: string
  failure?: string
}

export const conversations = /* GraphQL */ `
  query Conversations {
    conversations(first: 20) {
      edges { cursor node { id status subject intent updatedAt customer { id name } assignee { id name } lastMessage { id text kind } } }
      pageInfo { hasNextPage endCursor }
    }
  }`
