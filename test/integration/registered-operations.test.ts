import { createHash } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import WebSocket from 'ws'
import { encodeGlobalId } from '../../src/schema/global-ids.ts'
import { hashSecret } from '../../src/services/access/api-keys.ts'
import { CreateApiKeyDocument, RegisterOperationsDocument } from '../generated/graphql.ts'
import { rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

interface Partner {
  key: string
  apiKeyId: string
  id: string
}

let server: TestServer
let acme: Partner
let globex: Partner

const hash = (body: string) => createHash('sha256').update(body).digest('hex')
const who = 'query Who { viewer { name role } }\n# été 👩‍👧'
const mutation = 'mutation Rate { rateConversation(input: { token: "none", score: 5 }) { __typename } }'
const events = 'subscription Follow($id: ID! = "none") { draftEvents(draftId: $id) { seq } }'

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  acme = await createPartner('Acme')
  globex = await createPartner('Globex')
  await register(acme, [who, mutation, events])
  await register(globex, ['query Theirs { viewer { id } }'])
})
afterAll(() => server?.stop())

async function createPartner(name: string): Promise<Partner> {
  const input = { name, role: 'PARTNER' as const }
  const { createApiKey } = await server.run(CreateApiKeyDocument, { input })
  if (createApiKey.__typename !== 'CreatedApiKey') throw new Error(createApiKey.message)
  const { secret, apiKey } = createApiKey
  const { partnerId } = await server.app.resources.database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(secret) } })
  return { key: secret, apiKeyId: apiKey.id, id: encodeGlobalId('Partner', partnerId!) }
}

async function register({ apiKeyId }: Pick<Partner, 'apiKeyId'>, bodies: string[]) {
  return registerDocuments(
    apiKeyId,
    bodies.map((body) => ({ hash: `sha256:${hash(body)}`, body })),
  )
}

async function registerDocuments(apiKeyId: string, documents: { hash: string; body: string }[], status?: 'DRAFT') {
  const { registerOperations } = await server.run(RegisterOperationsDocument, { input: { apiKeyId, documents, ...(status && { status }) } })
  return registerOperations as any
}

async function change(mutationName: string, { id }: Partner, body: string, more: object = {}) {
  const type = `${mutationName[0]!.toUpperCase()}${mutationName.slice(1)}Input`
  const answer = await server.post({
    query: `mutation ($input: ${type}!) { ${mutationName}(input: $input) { ... on ChangedOperations { operations { status deprecatedAt sunsetAt } } ... on Error { code message } } }`,
    variables: { input: { partnerId: id, hashes: [hash(body)], ...more } },
  })
  return answer.body.data[mutationName]
}

/** The one message that an operation is answered with over a WebSocket. */
async function overWebSocket(payload: object, key = acme.key): Promise<any> {
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  })
  try {
    return await new Promise((resolve, reject) =>
      client.subscribe(
        { query: '', ...payload },
        { next: resolve, error: (errors) => resolve({ errors }), complete: () => reject(new Error('nothing')) },
      ),
    )
  } finally {
    await client.dispose()
  }
}

async function get(path: string, key = acme.key) {
  const response = await fetch(`${server.base}${path}`, { headers: { authorization: `Bearer ${key}` } })
  return { status: response.status, headers: response.headers, body: (await response.json()) as any }
}

const apollo = (id: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } })
const forms: [string, (id: string) => Record<string, unknown>][] = [
  ['documentId', (id) => ({ documentId: id })],
  ['documentId with its algorithm', (id) => ({ documentId: `sha256:${id}` })],
  ['Apollo’s extension', apollo],
  ['Relay’s doc_id', (id) => ({ doc_id: id })],
  ['several that agree', (id) => ({ documentId: id, doc_id: id, ...apollo(id) })],
  ['a hash with its text', (id) => ({ documentId: id, query: who })],
]
const inUrl = (params: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])).toString()

describe('a registered operation', () => {
  const answer = { data: { viewer: { name: 'Acme', role: 'PARTNER' } } }

  it.each(forms)('is found by %s, over every transport', async (_name, form) => {
    const params = form(hash(who))
    const key = acme.key
    expect((await server.post(params, { key })).body).toMatchObject(answer)
    expect((await get(`/graphql?${inUrl(params)}`)).body).toMatchObject(answer)
    const streamed = await server.post(params, { key, headers: { accept: 'text/event-stream' } })
    expect(streamed.body).toContain(JSON.stringify(answer).slice(0, -1))
    expect(await overWebSocket(params)).toMatchObject(answer)
  })

  it.each(['', 'sha256:', 'sha256%3A'])('is found by its path, by GET and POST, with %o before the hash', async (before) => {
    for (const path of [`/graphql/op/${before}${hash(who)}`, `/graphql/op/${before}${hash(who)}/Who`]) {
      expect((await get(path)).body).toMatchObject(answer)
      const posted = await fetch(`${server.base}${path}`, {
        method: 'POST',
        body: '{}',
        headers: { authorization: `Bearer ${acme.key}`, 'content-type': 'application/json' },
      })
      expect(await posted.json()).toMatchObject(answer)
    }
    expect((await get(`/graphql/op/${before}${hash(who)}/Other`)).body.errors[0].message).toContain('named Who')
  })

  it('is no mutation by GET, and no cache keeps what GET answers', async () => {
    expect((await server.post({ documentId: hash(mutation) }, { key: acme.key })).body.data.rateConversation.__typename).toMatch(/Error$/)
    for (const path of [`/graphql?documentId=${hash(mutation)}`, `/graphql/op/${hash(mutation)}`]) expect((await get(path)).status).toBe(405)
    const { headers } = await get(`/graphql/op/${hash(who)}`)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('vary')).toMatch(/Authorization/i)
  })

  it('may be a subscription', async () => {
    expect((await overWebSocket({ documentId: hash(events) })).errors[0].extensions.code).toMatch(/NOT_FOUND|FORBIDDEN/)
    expect((await overWebSocket({ documentId: hash(events), operationName: 'Follow' })).errors[0].extensions.code).toMatch(/NOT_FOUND|FORBIDDEN/)
  })

  it('has the time of its last use', async () => {
    const { database } = server.app.resources
    await server.post({ documentId: hash(who) }, { key: acme.key })
    await expect.poll(async () => (await database.registeredOperation.findFirst({ where: { hash: hash(who) } }))?.lastUsedAt).toBeInstanceOf(Date)
  })
})

describe('anything else', () => {
  const theirs = hash('query Theirs { viewer { id } }')
  const refused: [string, Record<string, unknown>, string, RegExp][] = [
    ['a text', { query: '{ viewer { id } }' }, 'FORBIDDEN', /register this text/],
    ['a registered text without its hash', { query: who }, 'FORBIDDEN', /documentId/],
    ['nothing', {}, 'FORBIDDEN', /documentId/],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'FORBIDDEN', /registered operations only/],
    ['another partner’s hash', { documentId: theirs }, 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['another partner’s hash, as Apollo sends it', apollo(theirs), 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['__proto__', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['constructor', { doc_id: 'constructor' }, 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['a number', { documentId: 7 }, 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['an object', apollo({ toString: 'x' } as never), 'PERSISTED_QUERY_NOT_IN_LIST', /registerOperations/],
    ['two hashes', { documentId: hash(who), doc_id: theirs }, 'INVALID_INPUT', /two operations/],
    ['a hash with another text', { documentId: hash(who), query: '{ viewer { id } }' }, 'INVALID_INPUT', /not the SHA-256/],
    ['the name of another operation', { documentId: hash(who), operationName: 'Rate' }, 'INVALID_INPUT', /named Who/],
  ]

  it.each(refused)('is refused: %s', async (_name, params, code, message) => {
    const answers = [
      await server.post(params, { key: acme.key }),
      await server.post(params, { key: acme.key, headers: { accept: 'text/event-stream' } }),
      { body: await overWebSocket(params) },
      ...(typeof params.documentId === 'number' ? [] : [await get(`/graphql?${inUrl(params)}`)]),
    ]
    for (const { body } of answers) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      expect(text).toContain(`"code":"${code}"`)
      expect(text).toMatch(message)
      expect(text).not.toContain('"data":{')
    }
  })

  it('is refused in a path too, and in a batch', async () => {
    for (const id of [theirs, '__proto__', 'constructor', '%00', 'a'.repeat(5000)])
      expect((await get(`/graphql/op/${id}`)).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    const batch = await server.post([{ documentId: hash(who) }, { documentId: hash(who) }], { key: acme.key })
    expect([batch.status, batch.body.errors[0].message]).toEqual([400, expect.stringContaining('Send each in a request of its own')])
    expect(JSON.stringify(batch.body)).not.toContain('Acme')
  })

  it('is what a hash alone is for whoever is no partner', async () => {
    expect((await server.post({ documentId: hash(who) })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_IN_LIST')
    expect((await server.post({ ...apollo(hash(who)), query: who })).body.data.viewer.role).toBe('ADMIN')
    expect((await server.post({ ...apollo(hash(who)), query: '{ __typename }' })).body.errors[0].extensions.code).toBe('INVALID_INPUT')
  })
})

describe('registering', () => {
  it('prices what it takes, by the size of the pages', async () => {
    const bodies = [
      'query Ten { conversations(first: 10) { edges { node { id customer { name } } } } }',
      'query Default { conversations { edges { node { id customer { name } } } } }',
      'query Asked($first: Int!) { conversations(first: $first) { edges { node { id customer { name } } } } }',
      'mutation Draft($input: DraftReplyInput!) { draftReply(input: $input) { ... on Draft { id } } }',
      'query Search($query: String!) { searchKnowledge(query: $query) { hits { article { title } } } }',
    ]
    const { operations } = await register(await createPartner('Priced'), bodies)
    expect(Object.fromEntries(operations.map(({ name, cost }: { name: string; cost: number }) => [name, cost]))).toEqual({
      Ten: 21,
      Default: 41,
      Asked: 201,
      Draft: 50,
      Search: 23,
    })
  })

  it('is idempotent, and makes a new manifest when there is something new', async () => {
    const partner = await createPartner('Again')
    const [one, two] = ['query One { viewer { id } }', 'query Two { viewer { name } }']
    const first = await register(partner, [one!])
    expect(first).toMatchObject({
      version: 1,
      status: 'ACTIVE',
      operations: [{ hash: `sha256:${hash(one!)}`, name: 'One', type: 'query', cost: 1 }],
    })
    expect(await register(partner, [one!, one!])).toEqual(first)
    const second = await register(partner, [two!, one!])
    expect(second).toMatchObject({ version: 2, operations: [{ name: 'One' }, { name: 'Two' }] })
    const [again, oncemore] = await Promise.all([register(partner, [one!]), register(partner, [two!, one!])])
    expect([again, oncemore]).toEqual([second, second])
    const { body } = await server.post({
      query: `{ operationManifests(partnerId: "${partner.id}") { edges { node { version status partner { name } operations { name } } } }
        registeredOperations(partnerId: "${partner.id}", status: [ACTIVE], first: 1) { edges { node { name body partner { name } manifest { version } } } pageInfo { hasNextPage } } }`,
    })
    expect(body.data.operationManifests.edges.map(({ node }: any) => [node.version, node.status, node.operations.length])).toEqual([
      [2, 'ACTIVE', 2],
      [1, 'RETIRED', 0],
    ])
    expect(body.data.registeredOperations).toEqual({
      edges: [{ node: { name: 'Two', body: two, partner: { name: 'Again' }, manifest: { version: 2 } } }],
      pageInfo: { hasNextPage: true },
    })
  })

  const wrong: [string, string, RegExp, string?][] = [
    ['a hash of other bytes', 'query A { viewer { id } }', /documents\[1\]: its hash is not that of its body/, hash('query A { viewer { id } } ')],
    ['an MD5', 'query A { viewer { id } }', /MD5.*SHA-256/, '0'.repeat(32)],
    ['a SHA-1', 'query A { viewer { id } }', /SHA-1.*SHA-256/, '0'.repeat(40)],
    ['a syntax error', 'query A {\n viewer {', /documents\[1\]: Syntax Error.*\(line 2, column 10\)/],
    ['an unknown field', 'query A {\n  nothing\n}', /documents\[1\] \(A\): Cannot query field "nothing".*\(line 2, column 3\)/],
    [
      'what is for staff alone',
      'query A { searchKnowledge(query: "x") { hits { article { title ...F } } } } fragment F on Article { indexError phrasings { text } }',
      /\(A\): A partner’s key may never use Article\.indexError, Article\.phrasings, and/,
    ],
    ['a mutation of admins', 'mutation A { checkKnowledge { requestedAt } }', /Mutation\.checkKnowledge/],
    ['no name', '{ viewer { id } }', /no name/],
    ['two operations', 'query A { viewer { id } } query B { viewer { id } }', /2 operations/],
    ['no operation', 'fragment F on Viewer { id }', /0 operations/],
    ['too many characters', `query A { viewer { id } } #${'x'.repeat(50_000)}`, /at most 50000/],
    ['too many tokens', `query A { viewer { ${'id '.repeat(12_000)} } }`, /at most 10000/],
    ['half a character', 'query A { viewer { id } } # \ud800', /lone surrogate/],
  ]

  it.each(wrong)('refuses %s, and then all', async (_name, body, message, givenHash = hash(body)) => {
    const before = await server.app.resources.database.registeredOperation.count()
    const good = `query Good { viewer { id } } # ${_name}`
    const refusal = await registerDocuments(acme.apiKeyId, [
      { hash: hash(good), body: good },
      { hash: givenHash, body },
    ])
    expect(refusal).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' })
    expect(refusal.message).toMatch(message)
    expect(await server.app.resources.database.registeredOperation.count()).toBe(before)
  })

  it('refuses too many, what is no partner’s key, and everybody but admins', async () => {
    expect(await registerDocuments(acme.apiKeyId, [])).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await registerDocuments(acme.apiKeyId, Array(501).fill({ hash: hash(who), body: who }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await registerDocuments('nonsense', [{ hash: hash(who), body: who }])).toMatchObject({ code: 'NOT_FOUND' })
    const { id } = await server.app.resources.database.apiKey.findFirstOrThrow({ where: { role: 'ADMIN' } })
    expect(await registerDocuments(encodeGlobalId('ApiKey', id), [{ hash: hash(who), body: who }])).toMatchObject({ code: 'INVALID_INPUT' })
    const agent = await server.createKey('AGENT')
    for (const query of [
      'mutation { registerOperations(input: { apiKeyId: "x", documents: [] }) { __typename } }',
      'mutation { retireOperations(input: { hashes: [] }) { __typename } }',
      '{ registeredOperations { edges { cursor } } }',
    ])
      expect((await server.post({ query }, { key: agent })).body.errors[0].extensions.code).toBe('FORBIDDEN')
  })

  it('shows a partner its own, in lists and by id', async () => {
    const list =
      'query Own { registeredOperations { edges { node { name status lastUsedAt } } } operationManifests { edges { node { id version } } } }'
    const theirs = await server.post({ query: `{ operationManifests(partnerId: "${globex.id}") { edges { node { id } } } }` })
    const foreign = `query Foreign { node(id: "${theirs.body.data.operationManifests.edges[0].node.id}") { id } registeredOperations(partnerId: "${globex.id}") { edges { cursor } } }`
    await register(acme, [list, foreign])
    const own = await server.post({ documentId: hash(list) }, { key: acme.key })
    expect(own.body.data.registeredOperations.edges.map(({ node }: any) => node.name)).toEqual(['Foreign', 'Own', 'Follow', 'Rate', 'Who'])
    expect(own.body.data.operationManifests.edges).toHaveLength(2)
    const { body } = await server.post({ documentId: hash(foreign) }, { key: acme.key })
    expect(body.data).toEqual({ node: null, registeredOperations: { edges: [] } })
  })
})

describe('the life of an operation', () => {
  it('goes from a draft to its end', async () => {
    const partner = await createPartner('Life')
    const body = 'query Life { viewer { name } }'
    const ask = () => server.post({ documentId: hash(body) }, { key: partner.key })
    const refusedFor = async (reason: RegExp) => {
      for (const answer of [(await ask()).body, await overWebSocket({ documentId: hash(body) }, partner.key)])
        expect(answer.errors[0]).toMatchObject({ message: expect.stringMatching(reason), extensions: { code: 'FORBIDDEN' } })
    }
    const registered = await registerDocuments(partner.apiKeyId, [{ hash: hash(body), body }], 'DRAFT')
    expect(registered.status).toBe('DRAFT')
    await refusedFor(/draft/)
    expect(await change('deprecateOperations', partner, body)).toMatchObject({ code: 'CONFLICT' })

    expect(await change('activateOperations', partner, body)).toEqual({ operations: [{ status: 'ACTIVE', deprecatedAt: null, sunsetAt: null }] })
    const active = await ask()
    expect(active.body.data.viewer.name).toBe('Life')
    expect(active.headers.get('deprecation')).toBeNull()

    const sunsetAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3600_000)
    expect(await change('deprecateOperations', partner, body, { sunsetAt: new Date(0).toISOString() })).toMatchObject({ code: 'INVALID_INPUT' })
    const { operations } = await change('deprecateOperations', partner, body, { sunsetAt: sunsetAt.toISOString() })
    const [{ deprecatedAt }] = operations
    expect(await change('deprecateOperations', partner, body, { sunsetAt: sunsetAt.toISOString() })).toEqual({ operations })
    const deprecated = await ask()
    expect(deprecated.body.data.viewer.name).toBe('Life')
    expect(deprecated.headers.get('deprecation')).toBe(`@${Math.floor(Date.parse(deprecatedAt) / 1000)}`)
    expect(deprecated.headers.get('sunset')).toBe(sunsetAt.toUTCString())
    const streamed = await server.post({ documentId: hash(body) }, { key: partner.key, headers: { accept: 'text/event-stream' } })
    expect(streamed.headers.get('sunset')).toBe(sunsetAt.toUTCString())
    expect(await overWebSocket({ documentId: hash(body) }, partner.key)).toMatchObject({
      data: { viewer: { name: 'Life' } },
      extensions: { deprecation: { deprecatedAt, sunsetAt: sunsetAt.toISOString() } },
    })

    await server.app.resources.database.registeredOperation.updateMany({ where: { hash: hash(body) }, data: { sunsetAt: new Date() } })
    server.app.resources.operations.forget()
    await refusedFor(/ended on/)
    expect(await change('retireOperations', partner, body)).toMatchObject({ operations: [{ status: 'RETIRED' }] })
    await refusedFor(/retired/)
    expect((await register(partner, [body])).status).toBe('RETIRED')
    // One that was sent again is what it was.
    await refusedFor(/retired/)
    expect(await change('retireOperations', partner, who)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await change('retireOperations', { ...partner, id: globex.id }, body)).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a subscription that runs', () => {
  it.each(['WebSocket', 'SSE'])('ends with its operation, over %s', async (transport) => {
    const partner = await createPartner(`Streams ${transport}`)
    const { database, metrics } = server.app.resources
    const own = { customer: { create: {} }, partner: { connect: { id: rowId(partner.id) } } }
    const { id } = await database.conversation.create({ data: own })
    const [body, other] = ['One', 'Other'].map(
      (name) => `subscription ${name} { conversationEvents(conversationId: "${encodeGlobalId('Conversation', id)}") { at } }`,
    )
    await register(partner, [body!, other!])
    const running = async () => (await metrics.subscriptions.get()).values[0]?.value ?? 0
    const before = await running()
    const ended = followToItsEnd(transport, { documentId: hash(body!) }, partner.key)
    const stays = followToItsEnd(transport, { documentId: hash(other!) }, partner.key)
    await expect.poll(running).toBe(before + 2)
    await change('retireOperations', partner, body!)
    expect((await ended).errors[0]).toMatchObject({ message: expect.stringContaining('answered no more'), extensions: { code: 'FORBIDDEN' } })
    await expect.poll(running).toBe(before + 1)
    await change('retireOperations', partner, other!)
    expect((await stays).errors[0].extensions.code).toBe('FORBIDDEN')
  })
})

/** What a subscription ends with. */
async function followToItsEnd(transport: string, params: object, key: string): Promise<any> {
  if (transport === 'WebSocket') return overWebSocket(params, key)
  const { body } = await server.post(params, { key, headers: { accept: 'text/event-stream' } })
  return JSON.parse(/data: (\{.*"errors".*\})/.exec(body)![1]!)
}

describe.skipIf(inject('database').kind === 'embedded')('another replica', () => {
  it('knows what was registered, retired and used here', async () => {
    const other = await startServer({ beside: server, environment: { EMBEDDER: 'none', ROLES: 'api' } })
    try {
      const partner = await createPartner('Replicated')
      const body = 'query Replicated { viewer { name } }'
      const codeThere = async () => (await other.post({ documentId: hash(body) }, { key: partner.key })).body.errors?.[0].extensions.code
      expect(await codeThere()).toBe('PERSISTED_QUERY_NOT_IN_LIST')
      await register(partner, [body])
      await expect.poll(codeThere).toBeUndefined()
      await change('retireOperations', partner, body)
      await expect.poll(codeThere).toBe('FORBIDDEN')
    } finally {
      // What was not yet written is written at the end.
      await other.stop()
    }
    expect(await server.app.resources.database.registeredOperation.findFirst({ where: { name: 'Replicated' } })).toMatchObject({
      lastUsedAt: expect.any(Date),
    })
  })
})
