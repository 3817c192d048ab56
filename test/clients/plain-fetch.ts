// #region fetch
import { applyDraftEvent, type DraftState, noDraft } from './apply-draft-event.ts'

const openConversation = `mutation ($input: OpenConversationInput!) {
  openConversation(input: $input) { ... on Conversation { id } ... on Error { message } }
}`
const draftReply = `mutation ($input: DraftReplyInput!) {
  draftReply(input: $input) { ... on Draft { id } ... on Error { message } }
}`
const followDraft = `subscription ($draftId: ID!, $afterSeq: Int) {
  draftEvents(draftId: $draftId, afterSeq: $afterSeq) { __typename seq ... on DraftSnapshot { text } ... on DraftDelta { offset text } }
}`

export function fetchDesk(url: string, key: string) {
  const post = (query: string, variables: object, accept: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, accept },
      body: JSON.stringify({ query, variables }),
    })

  async function run(query: string, variables: object) {
    const { data, errors } = await (await post(query, variables, 'application/json')).json()
    if (errors) throw new Error(errors[0].message)
    return data
  }

  return {
    async ask(message: string): Promise<string> {
      const { openConversation: conversation } = await run(openConversation, { input: { message } })
      if (!conversation.id) throw new Error(conversation.message)
      const { draftReply: draft } = await run(draftReply, { input: { conversationId: conversation.id } })
      if (!draft.id) throw new Error(draft.message)
      return draft.id
    },

    async follow(draftId: string, show: (draft: DraftState) => void): Promise<DraftState> {
      let draft = noDraft
      for (let failures = 0; !draft.ended; ) {
        try {
          const response = await post(followDraft, { draftId, afterSeq: draft.seq }, 'text/event-stream')
          for await (const { data, errors } of resultsOf(response)) {
            if (errors) return Promise.reject(new Error(errors[0].message))
            failures = 0
            show((draft = applyDraftEvent(draft, data.draftEvents)))
          }
        } catch {
          // The connection was lost.
        }
        // Or the server has stopped: go on after what we have.
        if (!draft.ended) await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** failures++, 10_000)))
      }
      return draft
    },
  }
}

/** The results in a stream of server-sent events; comments, which keep the connection alive, are left out. */
async function* resultsOf(response: Response): AsyncGenerator<any> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return yield await response.json()
  let buffer = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (buffer + chunk).split('\n\n')
    buffer = blocks.pop()!
    for (const block of blocks) {
      const data = block.match(/^data: ?(.+)$/m)?.[1]
      if (data) yield JSON.parse(data)
    }
  }
}
// #endregion
