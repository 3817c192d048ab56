import { print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { hashSecret } from '../../src/services/access/api-keys.ts'
import { createCustomerToken } from '../../src/services/access/create-customer-token.ts'
import { viewerOfKey } from '../../src/services/access/viewer-of-key.ts'
import { openConversation } from '../../src/services/conversations/open-conversation.ts'
import { InboxEventsDocument } from '../generated/graphql.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { audience, type IdentityProvider, issuer, startIdentityProvider } from '../support/identity-provider.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let provider: IdentityProvider
let server: TestServer
const { ask, open, mutate } = deskOf(() => server)

beforeAll(async () => {
  provider = await startIdentityProvider()
  server = await startServer({ environment: { EMBEDDER: 'none', JWKS_URL: provider.url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } })
})
afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

const viewer = async (key: string) => (await server.post({ query: '{ viewer { id name role } }' }, { key })).body
const rowOf = (secret: string) => server.app.resources.database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(secret) } })
const revoke = async (secret: string) =>
  ask('mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }', {
    input: { apiKeyId: globalId('ApiKey', (await rowOf(secret)).id) },
  })

describe('JWTs of the identity provider', () => {
  it('make one agent, however many requests come first', async () => {
    const token = await provider.sign({ name: 'Ada\u200b', role: 'agent' })
    const first = await Promise.all(Array.from({ length: 8 }, () => viewer(token)))
    expect(new Set(first.map(({ data }) => JSON.stringify(data.viewer))).size).toBe(1)
    expect(first[0].data.viewer).toMatchObject({ name: 'Ada', role: 'AGENT' })
    const { id } = (await viewer(await provider.sign({ role: ['viewer', 'ADMIN'] }))).data.viewer
    expect(id).toBe(first[0].data.viewer.id)
    const { subject } = await server.app.resources.database.agent.findUniqueOrThrow({ where: { id: rowId(id) } })
    expect(subject).toBe(`${issuer}|ada`)
  })

  it('make one customer', async () => {
    const token = await provider.sign({ sub: 'cleo', role: 'CUSTOMER' })
    const [a, b] = await Promise.all([viewer(token), viewer(token)])
    expect(a.data.viewer).toEqual(b.data.viewer)
    const conversation = await open('Hello', {}, token)
    const { conversation: read } = await ask('query ($id: ID!) { conversation(id: $id) { customer { externalId } } }', { id: conversation }, token)
    expect(read.customer.externalId).toBe('cleo')
  })

  it.each<[string, () => Promise<string>]>([
    ['another audience', () => provider.sign({ aud: 'another' })],
    ['another issuer', () => provider.sign({ iss: 'https://evil.example.com/' })],
    ['a time that is over', () => provider.sign({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['no time at all', () => provider.sign({ exp: undefined })],
    ['a role that is none', () => provider.sign({ role: 'OWNER' })],
    ['the role of a partner', () => provider.sign({ role: 'PARTNER' })],
    ['a key that is not published', () => provider.sign({}, { kid: 'two' })],
    ['a shared secret', () => provider.sign({}, { alg: 'HS256', key: new TextEncoder().encode(JSON.stringify(provider.publicKey)) })],
    ['a signature that is cut', async () => (await provider.sign()).slice(0, -6)],
    ['no signature', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await provider.sign()).split('.')[1]}.`],
  ])('are refused with %s', async (_case, token) => {
    const { status, body } = await server.post({ query: '{ viewer { id } }' }, { key: await token() })
    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })
})

const create = async (input: object, key?: string) =>
  (
    await ask(
      'mutation ($input: CreateCustomerTokenInput!) { createCustomerToken(input: $input) { __typename ... on CustomerToken { token customerId expiresAt } ... on Error { message code } } }',
      { input },
      key,
    )
  ).createCustomerToken

describe('customer tokens', () => {
  it('are one customer’s, and end with the key that made them', async () => {
    const agentKey = await server.createKey('AGENT')
    const own = await open('Hello, I am Ann', { customer: { externalId: 'ann' } })
    await open('Hello, I am Ben', { customer: { externalId: 'ben' } })
    const { token, customerId } = await create({ customerExternalId: 'ann' }, agentKey)
    expect(decodeJwt(token).exp! - decodeJwt(token).iat!).toBeGreaterThan(3_590)
    const { viewer: who, conversations } = await ask('{ viewer { id role } conversations { edges { node { id } } } }', {}, token)
    expect(who).toEqual({ id: customerId, role: 'CUSTOMER' })
    expect(conversations.edges.map(({ node }: any) => node.id)).toEqual([own])
    await expect(create({ customerExternalId: 'ben' }, token)).rejects.toThrow('FORBIDDEN')
    await revoke(agentKey)
    expect((await viewer(token)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it('do not outlive the key or JWT that makes them', async () => {
    const expiresAt = new Date(Date.now() + 600_000)
    const { token } = await create({ customerExternalId: 'ann', minutes: 1440 }, await server.createKey('AGENT', { expiresAt }))
    expect(decodeJwt(token).exp).toBe(Math.floor(expiresAt.getTime() / 1000))
    const byJwt = await create({ customerExternalId: 'ann' }, await provider.sign())
    expect(decodeJwt(byJwt.token).exp! - Math.floor(Date.now() / 1000)).toBeLessThan(310)
  })

  it.each([
    ['nobody', {}, 'INVALID_INPUT'],
    ['two', { customerExternalId: 'ann', customerId: globalId('Customer', 'x') }, 'INVALID_INPUT'],
    ['two, one of them malformed', { customerExternalId: 'ann', customerId: 'x' }, 'INVALID_INPUT'],
    ['a malformed id', { customerId: 'x' }, 'NOT_FOUND'],
    ['longer than a day', { customerExternalId: 'ann', minutes: 1441 }, 'INVALID_INPUT'],
    ['somebody unknown', { customerId: globalId('Customer', 'x') }, 'NOT_FOUND'],
  ])('are refused for %s', async (_case, input, code) => {
    expect(await create(input)).toMatchObject({ code })
  })

  it('are no survey links, and survey links are no tokens', async () => {
    const conversation = await open('Hello', { customer: { externalId: 'sue' } })
    await mutate('resolveConversation', { conversationId: conversation })
    const { token: surveyToken } = (await ask('query ($id: ID!) { conversation(id: $id) { survey { token } } }', { id: conversation })).conversation
      .survey
    const { token } = await create({ customerExternalId: 'sue' })
    expect((await viewer(surveyToken)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    const [head, body, signature] = token.split('.')
    const foreign = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub: 'somebody else' })).toString('base64url')
    for (const forged of [`${head}.${foreign}.${signature}`, `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`])
      expect((await viewer(forged)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(await mutate('rateConversation', { token, score: 5 })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of a partner show what it opened for the customer, and tell nothing else of them', async () => {
    const { resources } = server.app
    await open('A secret of Dan', { customer: { externalId: 'dan', name: 'Dan', email: 'dan@example.com' } })
    const partner = viewerOfKey(await rowOf(await server.createKey('PARTNER')))
    const customer = { externalId: 'dan', name: 'Mallory', email: 'mallory@example.com' }
    const opened = await openConversation(resources, { input: { message: 'From the partner', customer }, by: partner })
    await openConversation(resources, { input: { message: 'Once more', customer }, by: viewerOfKey(await rowOf(await server.createKey('PARTNER'))) })
    const { token } = await createCustomerToken(resources, { by: partner, customerExternalId: 'dan' })
    const { conversations } = await ask('{ conversations { edges { node { id customer { externalId name email } } } } }', {}, token)
    expect(conversations.edges).toEqual([
      { node: { id: globalId('Conversation', opened.id), customer: { externalId: 'dan', name: null, email: null } } },
    ])
    expect(await resources.database.customer.findUnique({ where: { externalId: 'dan' } })).toMatchObject({ name: 'Dan', email: 'dan@example.com' })
    const { id } = (await resources.database.customer.findUnique({ where: { externalId: 'ann' } }))!
    await expect(createCustomerToken(resources, { by: partner, customerId: id })).rejects.toThrow('There is no such customer')
  })
})

describe('streams that stay open', () => {
  const connect = (key: string) => {
    const closed = Promise.withResolvers<{ code: number; reason: string }>()
    const connected = Promise.withResolvers<void>()
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${key}` },
      retryAttempts: 0,
      lazy: false,
      on: { connected: () => connected.resolve(), closed: (event) => closed.resolve(event as never) },
      onNonLazyError: () => {},
    })
    return { client, connected: connected.promise, closed: closed.promise }
  }

  it('end over WebSocket when the key is revoked, with 4403', async () => {
    const key = await server.createKey('AGENT')
    const other = connect(await server.createKey('AGENT'))
    const { connected, closed } = connect(key)
    await Promise.all([connected, other.connected])
    await revoke(key)
    expect(await closed).toMatchObject({ code: 4403, reason: 'Forbidden' })
    await other.client.dispose()
    expect((await other.closed).code).toBe(1000)
  })

  it('end when the key expires', async () => {
    const { closed } = connect(await server.createKey('AGENT', { expiresAt: new Date(Date.now() + 1_000) }))
    expect((await closed).code).toBe(4403)
  })

  it('end over server-sent events with an error', async () => {
    const key = await server.createKey('AGENT')
    const client = createSseClient({ url: server.url, headers: { authorization: `Bearer ${key}` }, retryAttempts: 0 })
    const events = client.iterate({ query: print(InboxEventsDocument) })
    const first = events.next()
    await expect.poll(async () => (await server.app.resources.metrics.subscriptions.get()).values[0]?.value).toBe(1)
    await revoke(key)
    expect((await first).value.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await events.next()).done).toBe(true)
    client.dispose()
  })
})
