import type { GraphQLInterfaceType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { createCustomerToken } from '../../src/services/access/create-customer-token.ts'
import { viewerOfKey } from '../../src/services/access/viewer-of-key.ts'
import { openConversation } from '../../src/services/conversations/open-conversation.ts'
import { createCustomer, createPartner, hashOf, openSocket } from '../support/attackers.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { secret, storeSecrets } from '../support/secret-rows.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { type Ask, aimMutations, type Guesses, guessIds, walkLists } from '../support/walk-as-attacker.ts'

let server: TestServer
let guesses: Guesses
const desk = deskOf(() => server)
const attackers = ['a customer', 'a customer with a token', 'a partner'] as const
const asks = new Map<string, Ask>()
const keys = new Map<string, string>()
let ownOfCustomer: string

beforeAll(async () => {
  // It asks more than anybody may in a minute.
  const budgets = { COST_PER_MINUTE_CUSTOMER: '10000000', COST_PER_MINUTE_PARTNER: '10000000' }
  server = await startServer({ environment: { EMBEDDER: 'none', ...budgets } })
  const { resources } = server.app
  const ids = await storeSecrets(server)
  const cursorsOf = async (field: string) =>
    (await desk.ask(`{ ${field} { edges { cursor } } }`))[field].edges.map(({ cursor }: { cursor: string }) => cursor)
  guesses = { ids, filter: secret, search: 'team', cursors: [...(await cursorsOf('conversations')), ...(await cursorsOf('articles'))].slice(0, 2) }
  await desk.mutate('createArticle', { title: 'Opening hours', body: 'The team is there from 9 to 5.', category: 'General' })

  const customer = await createCustomer(server)
  ownOfCustomer = await desk.open('Mine', {}, customer.key)
  const partner = await createPartner(server)
  const by = viewerOfKey(await resources.database.apiKey.findUniqueOrThrow({ where: { id: partner.keyId } }))
  // One of whom another partner knows more.
  await openConversation(resources, { input: { message: 'Mine too', customer: { externalId: 'shared', name: 'Mallory' } }, by })
  const { token } = await createCustomerToken(resources, { by, customerExternalId: 'shared' })
  const post = (key: string) => async (query: string, variables?: object) => (await server.post({ query, variables }, { key })).body
  keys.set('a customer', customer.key).set('a customer with a token', token).set('a partner', partner.key)
  asks.set('a customer', post(customer.key)).set('a customer with a token', post(token))
  asks.set('a partner', asPartner(partner))
})
afterAll(() => server?.stop())

/** What a partner asks is registered first, and asked by its hash. */
function asPartner({ key, register }: Awaited<ReturnType<typeof createPartner>>): Ask {
  const known = new Set<string>()
  const prepare = async (queries: string[]) => {
    // One that cannot be registered keeps all of them out; each is then tried when it is asked.
    const areKnown = await register(queries).then(
      () => true,
      () => false,
    )
    if (areKnown) for (const query of queries) known.add(query)
  }
  const ask = async (query: string, variables?: object) => {
    try {
      if (!known.has(query)) await register([query])
    } catch (error) {
      return { errors: [{ message: String(error) }] }
    }
    return (await server.post({ documentId: hashOf(query), variables }, { key })).body
  }
  return Object.assign(ask, { prepare })
}

/** All that was there before the attack, as it is now. */
async function foreignRows(): Promise<string> {
  const { database } = server.app.resources
  const of = (type: string) => ({ where: { id: { in: guesses.ids[type]!.map(rowId) } }, orderBy: { id: 'asc' as const } })
  const rows = await Promise.all([
    database.customer.findMany(of('Customer')),
    database.conversation.findMany(of('Conversation')),
    database.message.findMany(of('Message')),
    database.draft.findMany(of('Draft')),
    database.feedback.findMany(of('Feedback')),
    database.satisfactionRating.findMany(of('SatisfactionRating')),
    database.article.findMany(of('Article')),
    database.agent.findMany(of('Agent')),
    database.intent.findMany({ ...of('Intent'), include: { examples: true } }),
    database.knowledgeGap.findMany(of('KnowledgeGap')),
    database.run.findMany(of('ImportRun')),
    database.apiKey.findMany({ ...of('ApiKey'), omit: { lastUsedAt: true } }),
    database.operationManifest.findMany({ ...of('OperationManifest'), include: { operations: { omit: { lastUsedAt: true } } } }),
    database.webhook.findMany(of('Webhook')),
  ])
  return JSON.stringify(rows)
}

describe.each(attackers)('%s', (who) => {
  it('reads nothing of others through any list, filter, search or cursor', async () => {
    const answers = await walkLists(schema, asks.get(who)!, guesses)
    expect(answers.some(([call, answer]) => call.startsWith('conversations') && answer.data.conversations.edges.length > 0)).toBe(true)
    const foreign = [
      secret.toLowerCase(),
      ...Object.values(guesses.ids)
        .flat()
        .filter((id) => !isShared(id)),
    ]
    for (const [call, answer] of answers) {
      // The text of an operation that it sent itself holds the ids that it guessed.
      const text = JSON.stringify(answer, (name, value) => (name === 'body' && String(value).startsWith('query ') ? '' : value))
      expect(text, call).not.toMatch(new RegExp(secret, 'i'))
      expect(
        foreign.filter((id) => text.includes(id)),
        call,
      ).toEqual([])
    }
  })

  it('finds nothing by guessing ids', async () => {
    const { ids } = guesses
    const rows = Object.values(ids).flatMap((found) => found.slice(0, 1).map(rowId))
    // Each type with the row of another, and ids that nobody made.
    const nodes = schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
    const crossed = [...nodes.map(({ name }) => name), 'Survey', 'Run', 'Node', 'Citation', 'AuditEntry', 'Query', 'conversation'].map((type, at) =>
      globalId(type, rows[at % rows.length]!),
    )
    const malformed = [
      '',
      '0',
      '-1',
      ' ',
      'null',
      'Conversation:1',
      "' OR 1=1 --",
      '../../etc/passwd',
      '\u0000',
      '%00',
      '__proto__',
      'W10=',
      'e30=',
      globalId('Conversation', '*'),
      globalId('__proto__', rows[0]!),
      globalId('constructor', rows[0]!),
      globalId('', ''),
      `${ids.Conversation![0]}=`,
      `${ids.Conversation![0]} `,
      ids.Conversation![0]!.toLowerCase(),
    ]
    const foreign = Object.fromEntries(Object.entries(ids).map(([type, found]) => [type, found.filter((id) => !isShared(id)).slice(0, 2)]))
    const given = { ...foreign, crossed, malformed: malformed.map((id) => JSON.stringify(id).slice(1, -1)) }
    expect(await guessIds(schema, asks.get(who)!, { ...guesses, ids: given })).toEqual([])
  })

  it('gets its own in its place, among others that it may not see', async () => {
    const ask = asks.get(who)!
    const own: string = (await ask('query Own { conversations { edges { node { id } } } }')).data.conversations.edges[0].node.id
    const { Conversation, Message, Agent } = guesses.ids
    const asked = [Agent![0], Conversation![0], own, 'nonsense', Message![0], own]
    const { data, errors } = await ask(`query Among { nodes(ids: ${JSON.stringify(asked)}) { id } }`)
    expect({ data, errors }).toEqual({ data: { nodes: asked.map((id) => (id === own ? { id } : null)) }, errors: undefined })
  })

  it('changes nothing of others by any mutation', async () => {
    const before = await foreignRows()
    const answers = await aimMutations(schema, asks.get(who)!, guesses)
    for (const [name, { data, errors }] of answers) {
      const outcome = errors ? errors[0].extensions?.code : data[name].__typename
      const isOwn = ['openConversation', 'createCustomerToken'].includes(name)
      if (!isOwn) expect(outcome, name).toMatch(/^(FORBIDDEN|NotFoundError|InvalidInputError)$/)
      expect(JSON.stringify({ data, errors }), name).not.toMatch(new RegExp(secret, 'i'))
    }
    expect(await foreignRows()).toBe(before)
  })
})

const isShared = (id: string) => ['Customer', 'ModelVersion'].includes(Buffer.from(id, 'base64url').toString().split(':')[0]!)

describe('a subscription', () => {
  const follow: [string, string][] = [
    ['conversationEvents', 'subscription ($id: ID!) { conversationEvents(conversationId: $id) { at } }'],
    ['draftEvents', 'subscription ($id: ID!) { draftEvents(draftId: $id) { seq } }'],
    ['runEvents', 'subscription ($id: ID!) { runEvents(runId: $id) { seq } }'],
    ['inboxEvents', 'subscription { inboxEvents { at } }'],
  ]

  it.each(follow)('to %s of others ends at once', async (_name, query) => {
    const { socket, say, until } = await openSocket(server, { key: keys.get('a customer')! })
    const ids = ['Conversation', 'Draft', 'ImportRun', 'Message', 'Article'].flatMap((type) => guesses.ids[type]!.slice(0, 2))
    ids.forEach((id, at) => say({ id: String(at), type: 'subscribe', payload: { query, variables: { id } } }))
    const answers = (await until(1 + ids.length)).slice(1).filter(({ type }) => type !== 'complete')
    for (const { payload } of answers) expect(JSON.stringify(payload)).toMatch(/"code":"(NOT_FOUND|FORBIDDEN)"/)
    expect(new Set(answers.map(({ id }) => id)).size).toBeGreaterThanOrEqual(ids.length / 2)
    socket.terminate()
  })

  it('to one’s own hears nothing of what happens elsewhere', async () => {
    const { socket, say, until } = await openSocket(server, { key: keys.get('a customer')! })
    const query = 'subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename at ... on MessageAdded { message { text } } } }'
    say({ id: 'own', type: 'subscribe', payload: { query, variables: { id: ownOfCustomer } } })
    await expect.poll(async () => (await server.app.resources.metrics.subscriptions.get()).values[0]?.value).toBe(1)
    for (const conversationId of guesses.ids.Conversation!.slice(0, 2)) await desk.mutate('addNote', { conversationId, text: `${secret} again` })
    await desk.mutate('addNote', { conversationId: ownOfCustomer, text: `${secret} beside` })
    await desk.mutate('sendReply', { conversationId: ownOfCustomer, text: 'For you' })
    const events = JSON.stringify((await until(2)).slice(1))
    expect(events).not.toMatch(new RegExp(secret, 'i'))
    expect(events).toContain('For you')
    socket.terminate()
  })
})

describe('what is open to everybody', () => {
  it('tells nothing of anybody', async () => {
    const ids = guesses.ids.Conversation!
    const paths = [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/',
      '/graphql',
      ...ids.map((id) => `/surveys/${id}`),
      ...ids.map((id) => `/graphql/op/${id}`),
    ]
    const pages = await Promise.all(paths.map(async (path) => (await fetch(`${server.base}${path}`)).text()))
    for (const page of pages) expect(page).not.toMatch(new RegExp(secret, 'i'))
    for (const hidden of [
      '/.env',
      '/package.json',
      '/src/main.ts',
      '/../package.json',
      '/%2e%2e/package.json',
      '/surveys/../../package.json',
      '/graphql/op/..%2f..%2fpackage.json',
    ])
      expect((await fetch(`${server.base}${hidden}`)).status, hidden).toBeGreaterThanOrEqual(400)
  })
})
