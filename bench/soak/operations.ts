export const openConversation = /* GraphQL */ `
  mutation ($input: OpenConversationInput!) {
    openConversation(input: $input) { ... on Conversation { id messages(first: 1) { edges { node { id } } } } ... on Error { code message } }
  }`
export const addMessage = /* GraphQL */ `
  mutation ($input: AddMessageInput!) { addMessage(input: $input) { ... on Message { id } ... on Error { code message } } }`
export const draftReply = /* GraphQL */ `
  mutation ($input: DraftReplyInput!) { draftReply(input: $input) { ... on Draft { id } ... on Error { code message } } }`
export const cancelDraft = /* GraphQL */ `
  mutation ($input: CancelDraftInput!) { cancelDraft(input: $input) { ... on Draft { id status } ... on Error { code message } } }`
export const sendReply = /* GraphQL */ `
  mutation ($input: SendReplyInput!) { sendReply(input: $input) { ... on Message { id } ... on Error { code message } } }`
export const draftEvents = /* GraphQL */ `
  subscription ($draftId: ID!, $afterSeq: Int) {
    draftEvents(draftId: $draftId, afterSeq: $afterSeq) {
      __typename
      seq
      ... on DraftSnapshot { text }
      ... on DraftDelta { offset text }
      ... on DraftCompleted { draft { status text } }
      ... on DraftFailed { draft { status text } }
      ... on DraftCancelled { draft { status text } }
    }
  }`
