import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const { ask } = deskOf(() => server)

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
})
afterAll(() => server?.stop())

const keyFields =
  '__typename ... on CreatedApiKey { secret apiKey { id name role prefix expiresAt agent { id } customer { id externalId } partner { id name } } } ... on Error { message code }'
const create = async (input: object, key?: string) =>
  (await ask(`mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ${keyFields} } }`, { input }, key)).createApiKey
const rotate = async (input: object) =>
  (await ask(`mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { ${keyFields} } }`, { input })).rotateApiKey
const revoke = async (apiKeyId: string) =>
  (
    await ask(
      'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename ... on ApiKey { revokedAt } ... on Error { message code } } }',
      { input: { apiKeyId } },
    )
  ).revokeApiKey
const viewer = async (key: string) => (await server.post({ query: '{ viewer { id name role } }' }, { key })).body

describe('keys', () => {
  it('are made with whom they act for, and shown once', async () => {
    const agent = await create({ name: 'Ada', role: 'AGENT' })
    expect(agent.secret).toMatch(/^understudy_/)
    expect(agent.secret.startsWith(agent.apiKey.prefix)).toBe(true)
    expect((await viewer(agent.secret)).data.viewer).toEqual({ id: agent.apiKey.agent.id, name: 'Ada', role: 'AGENT' })
    const customer = await create({ name: 'Ann', role: 'CUSTOMER', customerExternalId: 'ann' })
    const again = await create({ name: 'Ann at home', role: 'CUSTOMER', customerExternalId: 'ann' })
    expect(again.apiKey.customer).toEqual({ id: customer.apiKey.customer.id, externalId: 'ann' })
    const partner = await create({ name: 'Shipping Inc', role: 'PARTNER' })
    const second = await create({ name: 'Their other server', role: 'PARTNER', partnerId: partner.apiKey.partner.id })
    expect(second.apiKey.partner).toEqual({ id: partner.apiKey.partner.id, name: 'Shipping Inc' })
    const { apiKeys } = await ask('{ apiKeys(first: 3) { edges { node { name lastUsedAt } } } }')
    expect(apiKeys.edges.map(({ node }: any) => node.name)).toEqual(['Their other server', 'Shipping Inc', 'Ann at home'])
    expect(JSON.stringify(await server.app.resources.database.apiKey.findMany())).not.toContain(agent.secret.slice(20))
  })

  it.each([
    ['an empty name', { name: ' ', role: 'AGENT' }],
    ['a name of invisible characters', { name: '\u200b\u2060', role: 'AGENT' }],
    ['a name of two lines', { name: 'Ada\nadmin', role: 'AGENT' }],
    ['a name that is too long', { name: 'x'.repeat(201), role: 'AGENT' }],
    ['an expiry that is past', { name: 'Ada', role: 'AGENT', expiresAt: '2020-01-01T00:00:00Z' }],
    ['a customer’s key without a customer', { name: 'Ann', role: 'CUSTOMER' }],
    ['an agent’s key with a customer', { name: 'Ada', role: 'AGENT', customerExternalId: 'ann' }],
    ['an agent’s key with a partner', { name: 'Ada', role: 'AGENT', partnerId: globalId('Partner', 'x') }],
    ['tokens for drafts that customers cannot ask for', { name: 'Ann', role: 'CUSTOMER', customerExternalId: 'ann', llmTokensPerDay: 100 }],
    ['a budget of nothing', { name: 'Ada', role: 'AGENT', costPerMinute: 0 }],
  ])('are refused with %s', async (_case, input) => {
    expect(await create(input)).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('are refused for a partner that is not there', async () => {
    expect(await create({ name: 'x', role: 'PARTNER', partnerId: globalId('Partner', 'x') })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await revoke(globalId('ApiKey', 'x'))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await rotate({ apiKeyId: 'nonsense' })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('belong to admins', async () => {
    const { secret } = await create({ name: 'Ada', role: 'AGENT' })
    await expect(create({ name: 'Mine', role: 'ADMIN' }, secret)).rejects.toThrow('FORBIDDEN')
    await expect(ask('{ apiKeys { edges { node { id } } } }', {}, secret)).rejects.toThrow('FORBIDDEN')
  })

  it('say when they were last used, written at most once a minute', async () => {
    const { secret, apiKey } = await create({ name: 'Ada', role: 'AGENT' })
    const read = () => server.app.resources.database.apiKey.findUniqueOrThrow({ where: { id: rowId(apiKey.id) } })
    expect((await read()).lastUsedAt).toBeNull()
    await viewer(secret)
    const { lastUsedAt } = await read()
    expect(lastUsedAt).not.toBeNull()
    await viewer(secret)
    expect((await read()).lastUsedAt).toEqual(lastUsedAt)
  })

  it('end when they are revoked, and stay revoked', async () => {
    const { secret, apiKey } = await create({ name: 'Ada', role: 'AGENT' })
    const first = await revoke(apiKey.id)
    expect(first.revokedAt).not.toBeNull()
    expect(await revoke(apiKey.id)).toEqual(first)
    expect((await viewer(secret)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(await rotate({ apiKeyId: apiKey.id })).toMatchObject({ code: 'CONFLICT' })
  })

  it('rotate with an overlap', async () => {
    const old = await create({ name: 'Ada', role: 'AGENT', costPerMinute: 500 })
    const next = await rotate({ apiKeyId: old.apiKey.id })
    expect(next.apiKey).toMatchObject({ name: 'Ada', role: 'AGENT', expiresAt: null, agent: old.apiKey.agent })
    const [a, b] = await Promise.all([viewer(old.secret), viewer(next.secret)])
    expect(a.data.viewer).toEqual(b.data.viewer)
    const row = await server.app.resources.database.apiKey.findUniqueOrThrow({ where: { id: rowId(old.apiKey.id) } })
    expect(Math.round((row.expiresAt!.getTime() - Date.now()) / 60_000)).toBe(60)
    expect(row.replacedById).toBe(rowId(next.apiKey.id))
    expect(await rotate({ apiKeyId: old.apiKey.id })).toMatchObject({ code: 'CONFLICT' })
    expect(await rotate({ apiKeyId: next.apiKey.id, overlapMinutes: 10_081 })).toMatchObject({ code: 'INVALID_INPUT' })
    const last = await rotate({ apiKeyId: next.apiKey.id, overlapMinutes: 0 })
    expect((await viewer(next.secret)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await viewer(last.secret)).data.viewer.name).toBe('Ada')
  })

  it('of a partner are the partner, whichever of them is used', async () => {
    const old = await create({ name: 'Shipping', role: 'PARTNER' })
    const next = await rotate({ apiKeyId: old.apiKey.id })
    const { database } = server.app.resources
    const { partnerId } = await database.apiKey.findUniqueOrThrow({ where: { id: rowId(old.apiKey.id) } })
    const body = 'query Me { viewer { id } }'
    const hash = createHash('sha256').update(body).digest('hex')
    await ask('mutation ($input: RegisterOperationsInput!) { registerOperations(input: $input) { __typename } }', {
      input: { apiKeyId: old.apiKey.id, documents: [{ hash, body }] },
    })
    for (const { secret } of [old, next])
      expect((await server.post({ documentId: hash }, { key: secret })).body.data.viewer.id).toBe(globalId('Partner', partnerId!))
  })

  it('keep one admin key that lasts', async () => {
    const admin = await server.app.resources.database.apiKey.findFirstOrThrow({ where: { role: 'ADMIN' } })
    const adminId = globalId('ApiKey', admin.id)
    expect(await revoke(adminId)).toMatchObject({ code: 'CONFLICT' })
    const passing = await create({ name: 'Passing', role: 'ADMIN', expiresAt: new Date(Date.now() + 3_600_000) })
    expect(await revoke(adminId)).toMatchObject({ code: 'CONFLICT' })
    expect(await rotate({ apiKeyId: adminId, expiresAt: new Date(Date.now() + 3_600_000) })).toMatchObject({ code: 'CONFLICT' })
    const other = await create({ name: 'Other', role: 'ADMIN' })
    // Two admins who revoke each other: one stays.
    const both = await Promise.all([revoke(other.apiKey.id), revoke(adminId)])
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['ApiKey', 'ConflictError'])
    await server.app.resources.database.apiKey.update({ where: { id: admin.id }, data: { revokedAt: null } })
    expect(await revoke(passing.apiKey.id)).toMatchObject({ __typename: 'ApiKey' })
  })
})
