// What the demo says to the server: the public API, as any client would.

export const importArticles = /* GraphQL */ `
  mutation ImportArticles($input: ImportArticlesInput!) {
    importArticles(input: $input) { __typename ... on ImportRun { id } ... on Error { message } }
  }`

export const runEvents = /* GraphQL */ `
  subscription RunEvents($runId: ID!) {
    runEvents(runId: $runId) { __typename seq ... on RunProgress { done total message } ... on RunFailed { code failure: message } }
  }`

export const openConversation = /* GraphQL */ `
  mutation OpenConversation($input: OpenConversationInput!) {
    openConversation(input: $input) { __typename ... on Conversation { id } ... on Error { message } }
  }`

export const addMessage = /* GraphQL */ `
  mutation AddMessage($input: AddMessageInput!) {
    addMessage(input: $input) { __typename ... on Message { id } ... on Error { message } }
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
      ... on DraftStarted {
        model
        routing { intent confidence outOfScope }
        citations { index score heading article { slug title } }
      }
      ... on DraftDelta { text }
      ... on DraftCompleted {
        draft {
          id text origin fallbackFrom
          retrieval { queries degraded sufficient }
          citations { index quote used article { slug title } }
          support { score unsupported { text reason } }
          escalation { recommended reasons summary }
          timings { routeMs retrieveMs firstTokenMs totalMs }
        }
      }
      ... on DraftFailed { code failure: message }
    }
  }`

export const sendReply = /* GraphQL */ `
  mutation SendReply($input: SendReplyInput!) {
    sendReply(input: $input) { __typename ... on Message { kind editRatio draft { status } conversation { status } } ... on Error { message } }
  }`

export const giveFeedback = /* GraphQL */ `
  mutation GiveFeedback($input: GiveFeedbackInput!) {
    giveFeedback(input: $input) { __typename ... on Feedback { rating effect trainingExample { state processed } } ... on Error { message } }
  }`

export const resolveConversation = /* GraphQL */ `
  mutation ResolveConversation($input: ResolveConversationInput!) {
    resolveConversation(input: $input) { __typename ... on Conversation { status } ... on Error { message } }
  }`
