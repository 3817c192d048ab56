import { once } from 'node:events'
import { getIntrospectionQuery } from 'graphql'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { documentLimits } from '../../src/schema/document-limits.ts'
import { hashSecret, newSecret } from '../../src/services/access/api-keys.ts'
import { DraftReplyDocument } from '../generated/graphql.ts'
import { askOver, transports } from '../support/ask-over.ts'
import { rowId } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket, openConversation } from '../support/drafting.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let agentKey: string
let customerKey: string
/** One that has ended: a subscription to it ends too. */
let draftId: string

beforeAll(async () => {
  server = await startServer({
    ...scriptGenerator({ pieces: ['Thirty days.'], usage: { promptTokens: 60, completionTokens: 40 } }),
    environment: { EMBEDDER: 'none', SOCKETS_PER_KEY: '4', SUBSCRIPTIONS_PER_KEY: '4', ALLOWED_ORIGINS: 'https://desk.example' },
  })
  agentKey = await server.createKey('AGENT')
  const customer = await server.app.resources.database.customer.create({ data: { externalId: 'c-1' } })
  customerKey = await server.createKey('CUSTOMER', { customerId: customer.id })
  draftId = await askForDraft(server)
  await collect(followOverWebSocket(server, draftId))
})
afterAll(() => server?.stop())

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ')
const nested = (levels: number, first: number): string =>
  levels === 0 ? 'id' : `messages(first: ${first}) { edges { node { conversation { ${nested(levels - 1, first)} } } } }`

/** Each is over one limit of every role, and short. */
const tooMuch: Record<string, string> = {
  characters: `{ __typename } # ${'x'.repeat(50_000)}`,
  tokens: `{ ${'a '.repeat(10_001)} }`,
  nesting: `query ($ids: [ID!]! = ${'['.repeat(4_500)}${']'.repeat(4_500)}) { nodes(ids: $ids) { id } }`,
  definitions: `{ ...a0 } ${times(101, (index) => `fragment a${index} on Query { __typename }`)}`,
  fields: `{ viewer { ...a0 } } ${times(30, (index) => `fragment a${index} on Viewer { ...a${index + 1} ...a${index + 1} }`)} fragment a30 on Viewer { id name }`,
  depth: `{ conversations { edges { node ${'{ lastMessage { conversation '.repeat(6)} { id } ${'} }'.repeat(6)} } } }`,
  aliases: `{ viewer { ${times(101, (index) => `a${index}: id`)} } }`,
  directives: `{ viewer { id ${'@include(if: true) '.repeat(51)} } }`,
  breadth: `{ viewer { ${'id '.repeat(201)} } }`,
  rootFields: `{ ${times(51, () => 'viewer { id }')} }`,
  cost: `{ conversations(first: 100) { edges { node { ${nested(2, 100)} } } } }`,
}

describe.each(transports)('over %s', (transport) => {
  const ask = (query: string, key?: string, variables?: Record<string, unknown>) =>
    askOver(transport, server, { query, ...(variables && { variables }) }, key)

  it.each(Object.keys(tooMuch))('an operation over the limit of %s is refused in no time, and told which and what to do', async (name) => {
    const startedAt = performance.now()
    const { data, errors } = await ask(tooMuch[name]!)
    expect(data ?? null).toBeNull()
    expect(errors).toHaveLength(1)
    const maximum = documentLimits.ADMIN[name as 'depth']
    expect(errors[0].extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: { name, maximum, actual: expect.any(Number) } })
    expect(errors[0].extensions.limit.actual).toBeGreaterThan(maximum)
    expect(errors[0].message).toMatch(/^The operation has \d.*, and at most \d.* are allowed\. [A-Z].*\.$/)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('fragments that spread themselves are refused', async () => {
    const { errors } = await ask('{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }')
    expect(errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(errors[0].message).toMatch(/spreads itself/)
  })

  it('page sizes in variables count as those in the text', async () => {
    const query = `query ($first: Int) { conversations(first: $first) { edges { node { ${nested(2, 20)} } } } }`
    expect((await ask(query, undefined, { first: 1 })).errors).toBeUndefined()
    expect((await ask(query, undefined, { first: 100 })).errors[0].extensions.limit.name).toBe('cost')
  })

  it('staff read the schema from itself, and nobody else does', async () => {
    for (const key of [undefined, agentKey]) expect((await ask(getIntrospectionQuery(), key)).data.__schema.queryType.name).toBe('Query')
    const hidden = [
      '{ __schema { queryType { name } } }',
      '{ a: __type(name: "Viewer") { name } }',
      '{ ...a } fragment a on Query { __type(name: "Viewer") { name } }',
    ]
    for (const query of hidden) {
      const { data, errors } = await ask(query, customerKey)
      expect([data ?? null, errors[0].extensions.code, errors[0].message]).toEqual([null, 'FORBIDDEN', expect.stringContaining('schema.graphql')])
    }
    expect((await ask('{ __typename viewer { __typename } }', customerKey)).data).toEqual({ __typename: 'Query', viewer: { __typename: 'Viewer' } })
  })

  it('nobody but staff is told which names they may have meant', async () => {
    for (const [wrong, variables] of [
      ['{ viewr { id } }', {}],
      ['{ conversations(firs: 1) { totalCount } }', {}],
      ['mutation ($input: OpenConversationInput!) { openConversation(input: $input) { __typename } }', { input: { mesage: 'x' } }],
    ] as const) {
      const forStaff = await ask(wrong, undefined, variables)
      expect(JSON.stringify(forStaff.errors)).toContain('Did you mean')
      const forCustomer = await ask(wrong, customerKey, variables)
      expect(forCustomer.errors.length).toBe(forStaff.errors.length)
      expect(JSON.stringify(forCustomer.errors)).not.toContain('Did you mean')
    }
  })
})

describe.each(transports)('the budget of a key, over %s', (transport) => {
  it('is told with each answer, and refuses what it does not have', async () => {
    const key = await server.createKey('ADMIN', { costPerMinute: 100 })
    const ask = (query: string) => askOver(transport, server, { query }, key)
    const list = '{ conversations(first: 40) { edges { node { id } } } }'
    // What came back meanwhile, at less than two points a second, is there too.
    const cost = (available: number, requested = 41) => ({
      requestedQueryCost: requested,
      throttleStatus: { maximumAvailable: 100, currentlyAvailable: expect.toSatisfy(isNear(available)), restoreRate: 100 / 60 },
    })
    const isNear = (least: number) => (value: number) => value >= least && value < least + 15
    expect((await ask(list)).extensions.cost).toEqual(cost(59))
    expect((await ask(list)).extensions.cost).toEqual(cost(18))
    const { data, errors } = await ask(list)
    expect(data ?? null).toBeNull()
    expect(errors[0].extensions).toEqual({
      code: 'RATE_LIMITED',
      limit: { name: 'costPerMinute', maximum: 100, actual: expect.toSatisfy((actual) => actual > 100 && actual <= 123) },
      retryAfterSeconds: expect.any(Number),
    })
    expect(errors[0].extensions.retryAfterSeconds).toBeLessThan(15)
    expect(errors[0].message).toMatch(
      /costs 41 points, and your key has \d+ of 100 left, which come back steadily within 60 seconds\. Try again in \d+ seconds/,
    )
    expect((await ask('{ viewer { id } }')).extensions.cost).toEqual(cost(17, 1))
    expect((await ask('subscription { draftEvents(draftId: "none") { seq } }')).extensions.cost).toEqual(cost(7, 10))
    expect((await ask('{ conversations(first: 100) { edges { node { id } } } }')).errors[0].message).toMatch(/larger budget/)
  })
})

describe('a budget', () => {
  it('stands in the headers of HTTP', async () => {
    const key = await server.createKey('PARTNER', { costPerMinute: 5 })
    const query = '{ viewer { id } }'
    const admin = await server.post({ query })
    expect([admin.headers.get('ratelimit'), admin.body.extensions]).toEqual([null, undefined])
    const agent = await server.post({ query }, { key: await server.createKey('AGENT', { costPerMinute: 2 }) })
    expect(agent.headers.get('ratelimit-policy')).toBe('"cost";q=2;w=60')
    expect(agent.headers.get('ratelimit')).toMatch(/^"cost";r=1;t=\d+$/)
    expect((await server.post({ query }, { key })).body.errors[0].extensions.code).toBe('FORBIDDEN')
    const poor = await server.createKey('AGENT', { costPerMinute: 1 })
    await server.post({ query }, { key: poor })
    const refused = await server.post({ query }, { key: poor })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30)
    expect(JSON.stringify(refused.body)).not.toContain('"http"')
  })

  it('of a language model’s tokens is used up by drafts, and refuses the next until tomorrow', async () => {
    const key = await server.createKey('AGENT', { llmTokensPerDay: 100 })
    const input = { conversationId: await openConversation(server) }
    const { draftReply } = await server.run(DraftReplyDocument, { input }, { key })
    if (draftReply.__typename !== 'Draft') throw new Error(draftReply.message)
    await collect(followOverWebSocket(server, draftReply.id))
    const { database } = server.app.resources
    const { id: callerId } = await database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(key) } })
    expect(await database.llmUsage.findMany({ where: { callerId } })).toEqual([{ callerId, day: expect.any(Date), tokens: 100 }])
    const next = {
      query: 'mutation ($input: DraftReplyInput!) { draftReply(input: $input) { __typename } }',
      variables: { input: { conversationId: await openConversation(server) } },
    }
    const { status, body } = await server.post(next, { key })
    const tomorrow = new Date()
    tomorrow.setUTCHours(24, 0, 0, 0)
    expect(body.errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', limit: { name: 'llmTokensPerDay', maximum: 100, actual: 100 } })
    expect([status, body.errors[0].message]).toEqual([429, expect.stringContaining(tomorrow.toISOString())])
    // Others have their own.
    await askForDraft(server, next.variables.input.conversationId)
  })
})

describe('connections', () => {
  const connect = (key: string) =>
    createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${key}` },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => {},
    })
  const isConnected = (client: ReturnType<typeof connect>) =>
    new Promise<unknown>((resolve) => {
      client.on('connected', () => resolve('connected'))
      client.on('closed', (event) => resolve((event as CloseEvent).code))
    })
  const inbox = 'subscription { inboxEvents { __typename } }'

  it('are so many for a key, and free again when they close', async () => {
    const key = await server.createKey('AGENT')
    const clients = Array.from({ length: 4 }, () => connect(key))
    expect(await Promise.all(clients.map(isConnected))).toEqual(Array(4).fill('connected'))
    expect(await isConnected(connect(key))).toBe(1013)
    expect(await isConnected(connect(agentKey))).toBe('connected')
    await clients[0]!.dispose()
    await expect.poll(() => isConnected(connect(key))).toBe('connected')
    for (const client of clients) await client.dispose()
  })

  it('carry so many subscriptions for a key, over all transports together', async () => {
    const key = await server.createKey('AGENT')
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const stream = await fetch(server.url, { method: 'POST', body: JSON.stringify({ query: inbox }), headers })
    const client = connect(key)
    const refused = await new Promise<any>((resolve) => {
      for (let index = 0; index < 4; index++)
        client.subscribe({ query: inbox }, { next: resolve, error: (errors) => resolve({ errors }), complete: () => {} })
    })
    expect(refused.errors[0].extensions).toEqual({ code: 'RATE_LIMITED', limit: { name: 'subscriptionsPerKey', maximum: 4, actual: 5 } })
    const another = { query: `subscription { draftEvents(draftId: "${draftId}") { seq } }` }
    expect((await askOver('SSE', server, another, key)).errors[0].extensions.limit.name).toBe('subscriptionsPerKey')
    await stream.body!.cancel()
    await expect.poll(async () => (await askOver('WebSocket', server, another, key)).data).toEqual({ draftEvents: { seq: expect.any(Number) } })
    await client.dispose()
  })

  it('are for programs, for our own pages and for those of ALLOWED_ORIGINS', async () => {
    const closed = async (origin: string) => {
      const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws', { origin })
      const event = await new Promise((resolve) => socket.on('open', () => resolve('open')).on('error', (error) => resolve(String(error))))
      socket.terminate()
      return event
    }
    const post = (origin: string) => server.post({ query: '{ __typename }' }, { headers: { origin } })
    for (const origin of ['https://desk.example', server.base]) {
      expect(await closed(origin)).toBe('open')
      expect((await post(origin)).status).toBe(200)
    }
    expect((await post('https://desk.example')).headers.get('access-control-allow-origin')).toBe('https://desk.example')
    for (const origin of ['https://evil.example', 'https://desk.example.evil.example', 'null']) {
      expect(await closed(origin)).toContain('403')
      expect((await post(origin)).status).toBe(403)
      const preflight = await fetch(server.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
      expect(preflight.headers.get('access-control-allow-origin')).not.toBe(origin)
    }
  })

  it('take messages of 1 MiB, bodies of 256 KiB from customers, and nothing but JSON', async () => {
    const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws')
    await once(socket, 'open')
    socket.send('x'.repeat(1024 * 1024 + 1))
    expect((await once(socket, 'close'))[0]).toBe(1009)
    const large = { query: '{ __typename }', variables: { text: 'x'.repeat(300_000) } }
    expect((await server.post(large)).status).toBe(200)
    const startedAt = performance.now()
    expect((await server.post({ query: '{ __typename }', variables: { text: 'x'.repeat(30_000_000) } })).body).toEqual({
      data: { __typename: 'Query' },
    })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    const { status, body } = await server.post(large, { key: customerKey })
    expect([status, body.errors[0].extensions]).toEqual([413, { code: 'LIMIT_EXCEEDED', limit: { name: 'requestBytes', maximum: 262_144 } }])
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/graphql'])
      expect((await server.post({ query: '{ __typename }' }, { headers: { 'content-type': type } })).status).toBe(415)
  })
})

// Last, because it breaks the database.
describe('our own errors', () => {
  it.each(transports)('are an id that the log has, over %s', async (transport) => {
    const { database } = server.app.resources
    await database.$executeRaw`ALTER TABLE "Article" RENAME TO "ArticleAway"`
    try {
      const { errors } = await askOver(transport, server, { query: '{ articles { edges { node { id } } } }' })
      expect(errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) })
      expect(errors[0].message).toContain(errors[0].extensions.requestId)
      expect(JSON.stringify(errors)).not.toMatch(/"Article|relation|prisma|stack/)
    } finally {
      await database.$executeRaw`ALTER TABLE "ArticleAway" RENAME TO "Article"`
    }
  })

  it.each(['SSE', 'WebSocket'] as const)('are hidden at the start of a subscription and in the middle, over %s', async (transport) => {
    const { database } = server.app.resources
    const { lastSeq } = (await database.draft.findFirst({ where: { id: rowId(draftId) } }))!
    const query = `subscription { draftEvents(draftId: "${draftId}", afterSeq: ${lastSeq - 1}) { ... on DraftCompleted { draft { citations { quote } } } } }`
    for (const table of ['Draft', 'Citation']) {
      await database.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "${table}Away"`)
      try {
        const { errors } = await askOver(transport, server, { query })
        expect(errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) })
        expect(JSON.stringify(errors)).not.toMatch(/relation|prisma|stack/)
      } finally {
        await database.$executeRawUnsafe(`ALTER TABLE "${table}Away" RENAME TO "${table}"`)
      }
    }
  })

  it('are hidden before anybody is known', async () => {
    const { database } = server.app.resources
    await database.$executeRaw`ALTER TABLE "ApiKey" RENAME TO "ApiKeyAway"`
    try {
      // A key that nobody has used: those that were are remembered for a moment.
      const key = newSecret()
      const { status, body } = await server.post({ query: '{ __typename }' }, { key })
      expect([status, body.errors[0].extensions.code]).toEqual([500, 'INTERNAL_SERVER_ERROR'])
      const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws')
      await once(socket, 'open')
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }))
      const [code, reason] = await once(socket, 'close')
      expect([code, String(reason)]).toEqual([1013, 'Something went wrong on our side, try again later'])
    } finally {
      await database.$executeRaw`ALTER TABLE "ApiKeyAway" RENAME TO "ApiKey"`
    }
  })

  it.each(transports)('are not what is wrong with variables, over %s', async (transport) => {
    const query = 'query ($first: Int) { conversations(first: $first) { edges { cursor } } }'
    const { errors } = await askOver(transport, server, { query, variables: { first: 'ten' } })
    expect(errors[0].extensions).toEqual({ code: 'INVALID_INPUT' })
  })
})
