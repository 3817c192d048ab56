import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let conversationId: string

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  const { body } = await server.post({ query: 'mutation { openConversation(input: { message: "Hello" }) { ... on Conversation { id } } }' })
  conversationId = body.data.openConversation.id
})
afterAll(() => server?.stop())

/** The result member of a mutation with one input. */
async function mutate(field: string, input: object) {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
  const { body } = await server.post({
    query: `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on Error { message code } } }`,
    variables: { input },
  })
  return body.errors ? { code: body.errors[0].extensions?.code ?? 'NONE', message: body.errors[0].message } : body.data[field]
}

const badTexts: [string, string][] = [
  ['nothing', ''],
  ['only white space', ' \n\t '],
  ['a megabyte', 'x'.repeat(1024 * 1024)],
  ['NUL', 'a\u0000b'],
  ['a control character', 'a\u001bb'],
  ['half a character', 'a\ud800b'],
]

describe('bad text', () => {
  it.each(badTexts)('is refused when it is %s, everywhere', async (_what, text) => {
    const answers = await Promise.all([
      mutate('openConversation', { message: text }),
      mutate('addMessage', { conversationId, text }),
      mutate('sendReply', { conversationId, text }),
      mutate('createArticle', { title: text, body: 'Body', category: 'Returns' }),
      mutate('createArticle', { title: 'Title', body: 'Body', category: text }),
    ])
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'INVALID_INPUT'))
    for (const { message } of answers) expect(message.length).toBeLessThan(300)
  })

  it('is taken in any language and script', async () => {
    for (const text of ['返品したいです', 'Ich möchte zurück\r\nsenden', 'أريد إرجاع', '👩‍👩‍👧 help']) {
      expect((await mutate('addMessage', { conversationId, text })).__typename).toBe('Message')
    }
  })
})

describe('bad ids', () => {
  const ids = [
    '',
    'nonsense',
    '__proto__',
    'a'.repeat(5000),
    Buffer.from('Conversation:').toString('base64url'),
    Buffer.from("Conversation:' OR 1=1").toString('base64url'),
    Buffer.from('Draft:0199').toString('base64url'),
    'Q29udmVyc2F0aW9uOgAA',
  ]

  it.each(ids)('%j is NOT_FOUND for mutations and subscriptions, and null for queries', async (id) => {
    expect((await mutate('addMessage', { conversationId: id, text: 'Hi' })).code).toBe('NOT_FOUND')
    expect((await mutate('draftReply', { conversationId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('sendReply', { conversationId: id, text: 'Hi' })).code).toBe('NOT_FOUND')
    expect((await mutate('cancelDraft', { draftId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('rejectDraft', { draftId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('saveDraftEdit', { draftId: id, text: 'Hi' })).code).toBe('NOT_FOUND')
    expect((await mutate('giveFeedback', { draftId: id, rating: 'HELPFUL' })).code).toBe('NOT_FOUND')
    expect((await mutate('resolveConversation', { conversationId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('updateArticle', { articleId: id, title: 'T' })).code).toBe('NOT_FOUND')
    expect((await mutate('deleteArticle', { articleId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('cancelRun', { runId: id })).code).toBe('NOT_FOUND')
    const until = new Date(Date.now() + 60_000).toISOString()
    expect((await mutate('snoozeConversation', { conversationId: id, until })).code).toBe('NOT_FOUND')
    expect((await mutate('reopenConversation', { conversationId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('assignConversation', { conversationId: id })).code).toBe('NOT_FOUND')
    expect((await mutate('escalateConversation', { conversationId: id, reasons: ['OTHER'] })).code).toBe('NOT_FOUND')
    expect((await mutate('addNote', { conversationId: id, text: 'Hi' })).code).toBe('NOT_FOUND')
    expect((await mutate('createSurvey', { conversationId: id })).code).toBe('NOT_FOUND')
    const variables = { id }
    const { body } = await server.post({
      query:
        'query ($id: ID!) { conversation(id: $id) { id } draft(id: $id) { id } article(id: $id) { id } node(id: $id) { id } checkSupport(conversationId: $id, text: "x") { score } }',
      variables,
    })
    expect(body.errors).toBeUndefined()
    expect(Object.values(body.data)).toEqual([null, null, null, null, null])
    for (const query of [
      'subscription ($id: ID!) { draftEvents(draftId: $id) { seq } }',
      'subscription ($id: ID!) { runEvents(runId: $id) { seq } }',
      'subscription ($id: ID!) { conversationEvents(conversationId: $id) { at } }',
    ]) {
      const answer = await server.post({ query, variables }, { headers: { accept: 'text/event-stream' } })
      expect(JSON.stringify(answer.body)).toContain('NOT_FOUND')
    }
  })
})

describe('bad variables', () => {
  it.each([
    [
      'a time',
      'snoozeConversation',
      { until: 'tomorrow' },
      'Variable "$input" got invalid value "tomorrow" at "input.until"; Expected type "DateTime".',
    ],
    [
      'a member of an enum',
      'escalateConversation',
      { reasons: ['BORED'] },
      'Variable "$input" got invalid value "BORED" at "input.reasons[0]"; Value "BORED"',
    ],
    ['a field that is required', 'addNote', {}, 'Variable "$input" got invalid value'],
  ])('are INVALID_INPUT, and the message says which: %s', async (_what, field, input, message) => {
    const answer = await mutate(field, { conversationId, ...input })
    expect(answer.code).toBe('INVALID_INPUT')
    expect(answer.message).toContain(message)
  })

  it('is INVALID_INPUT when it is missing', async () => {
    const { body } = await server.post({ query: 'query ($id: ID!) { conversation(id: $id) { id } }' })
    expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('"$id"'), extensions: { code: 'INVALID_INPUT' } })
  })
})

describe('bad arguments of queries', () => {
  it.each([
    '{ conversations(first: 0) { edges { node { id } } } }',
    '{ conversations(first: 101) { edges { node { id } } } }',
    '{ conversations(first: -5) { edges { node { id } } } }',
    '{ articles(first: 1000) { edges { node { id } } } }',
    '{ conversations(after: "nonsense") { edges { node { id } } } }',
    '{ searchKnowledge(query: "") { hits { score } } }',
    '{ searchKnowledge(query: "a", first: 0) { hits { score } } }',
    '{ routeMessage(text: "") { intent } }',
    '{ conversations(filter: { search: "a\\u0000b" }) { edges { node { id } } } }',
  ])('%s is a top-level INVALID_INPUT', async (query) => {
    const { body } = await server.post({ query })
    expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
  })

  it.each([
    ['conversations(first: 101) { edges { cursor } }', 'first must be from 1 to 100, and is 101. Ask for the next page with after.'],
    ['searchKnowledge(query: "a", first: 101) { mode }', 'first must be from 1 to 100, and is 101.'],
  ])('%s offers no argument that is not there', async (field, message) => {
    expect((await server.post({ query: `{ ${field} }` })).body.errors[0].message).toBe(message)
  })

  it('is INVALID_INPUT too when only the database can tell', async () => {
    const cursor = (text: string) => Buffer.from(text).toString('base64')
    const queries = [
      `{ conversations(after: "${cursor('GPC:S:a\u0000b')}") { edges { cursor } } }`,
      `{ conversations(after: "${cursor('GPC:N:5')}") { edges { cursor } } }`,
      '{ articles(filter: { tag: "a\\u0000b" }) { edges { cursor } } }',
    ]
    for (const query of queries) {
      const { body } = await server.post({ query })
      expect(body.errors[0].extensions.code).toBe('INVALID_INPUT')
    }
  })

  it('searches for % and _ as they are written', async () => {
    const { body } = await server.post({ query: '{ conversations(filter: { search: "%" }) { edges { node { id } } } }' })
    expect(body.data.conversations.edges).toEqual([])
  })
})

describe('the same request twice', () => {
  it('opens one conversation for one key, also at the same time, and refuses the key for other input', async () => {
    const open = async (message: string) => {
      const { body } = await server.post({
        query: 'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { ... on Conversation { id } ... on Error { code } } }',
        variables: { input: { message, idempotencyKey: 'k', customer: { externalId: 'twice' } } },
      })
      return body.data.openConversation
    }
    const answers = await Promise.all([open('Hi'), open('Hi'), open('Hi'), open('Hi')])
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(answers[0].id).toBeTruthy()
    expect(await open('Something else')).toEqual({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  it('makes one customer of one externalId, also at the same time', async () => {
    const open = () => mutate('openConversation', { message: 'Hi', customer: { externalId: 'racer' } })
    const answers = await Promise.all([open(), open(), open(), open()])
    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(4).fill('Conversation'))
    expect(await server.app.resources.database.customer.count({ where: { externalId: 'racer' } })).toBe(1)
  })
})
