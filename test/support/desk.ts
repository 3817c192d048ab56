import type { TestServer } from './start-server.ts'

/** What a test of the desk does again and again, in GraphQL that is written where it is used. */
export function deskOf(server: () => TestServer) {
  async function ask(query: string, variables: object = {}, key?: string): Promise<any> {
    const { body } = await server().post({ query, variables }, key === undefined ? {} : { key })
    if (body.errors) throw new Error(JSON.stringify(body.errors))
    return body.data
  }

  /** The member of the result union: the fields asked for, or __typename, message and code of the error. */
  async function mutate(field: string, input: object, selection = '__typename', key?: string): Promise<any> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
    const text = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on ${resultOf[field] ?? 'Conversation'} { ${selection} } ... on Error { message code } } }`
    return (await ask(text, { input }, key))[field]
  }

  return {
    ask,
    mutate,
    async open(message = 'Hello?', input: object = {}, key?: string): Promise<string> {
      return (await mutate('openConversation', { message, ...input }, 'id', key)).id
    },
    async read(id: string, selection: string, key?: string): Promise<any> {
      return (await ask(`query ($id: ID!) { conversation(id: $id) { ${selection} } }`, { id }, key)).conversation
    },
    /** Each entry in words: who, what, and what it became. */
    async timeline(id: string): Promise<string[]> {
      const { conversation } = await ask(timelineQuery, { id })
      return conversation.timeline.edges.map(({ node }: { node: any }) => {
        const what = node.status ?? node.draftStatus ?? node.message?.kind ?? node.reasons?.join() ?? node.score
        const assignee = node.__typename === 'AssignmentEntry' ? (node.assignee?.name ?? 'nobody') : undefined
        return [node.actor?.name ?? node.actor?.__typename ?? 'system', node.__typename.replace(/^Conversation|Entry$/g, ''), what ?? assignee]
          .filter(Boolean)
          .join(' ')
      })
    },
  }
}

const resultOf: Record<string, string> = {
  createArticle: 'Article',
  giveFeedback: 'Feedback',
  eraseCustomer: 'ErasedCustomer',
  addMessage: 'Message',
  addNote: 'Message',
  sendReply: 'Message',
  draftReply: 'Draft',
  cancelDraft: 'Draft',
  setAvailability: 'Agent',
  createSurvey: 'Survey',
  rateConversation: 'SatisfactionRating',
  rollBackModelVersion: 'ModelVersion',
  createExperiment: 'Experiment',
  startExperiment: 'Experiment',
  stopExperiment: 'Experiment',
  createIntent: 'Intent',
  updateIntent: 'Intent',
  addIntentExamples: 'Intent',
  removeIntentExamples: 'Intent',
  createWebhook: 'CreatedWebhook',
  updateWebhook: 'Webhook',
  rotateWebhookSecret: 'RotatedWebhookSecret',
  deleteWebhook: 'DeletedWebhook',
  replayWebhookDelivery: 'WebhookDelivery',
}

const timelineQuery = `query ($id: ID!) { conversation(id: $id) { timeline(first: 100) { edges { node {
  __typename actor { __typename name }
  ... on MessageEntry { message { kind } }
  ... on DraftEntry { draftStatus }
  ... on StatusEntry { status until }
  ... on AssignmentEntry { assignee { name } }
  ... on EscalationEntry { reasons note }
  ... on RatingEntry { score }
} } } } }`

/** The row's id in a global id. */
export const rowId = (globalId: string) => Buffer.from(globalId, 'base64url').toString().split(':')[1]!
export const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url')
