import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { askOver, createCustomer, createPartner, hashOf, openSocket, transports } from '../support/attackers.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let partner: Awaited<ReturnType<typeof createPartner>>
let customer: Awaited<ReturnType<typeof createCustomer>>
const mine = 'query Mine { viewer { role } }'
const theirs = 'query Theirs { viewer { id } }'

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  partner = await createPartner(server)
  await partner.register([mine])
  await (await createPartner(server, 'Another')).register([theirs])
  customer = await createCustomer(server)
})
afterAll(() => server?.stop())

const apollo = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } })

describe.each(transports)('over %s', (transport) => {
  it('whoever has no valid key gets no answer, and no hint', async () => {
    const { database } = server.app.resources
    const revoked = await server.createKey('ADMIN')
    await database.apiKey.updateMany({ where: { hash: hashOf(revoked) }, data: { revokedAt: new Date() } })
    const expired = await server.createKey('ADMIN', { expiresAt: new Date(Date.now() - 1) })
    const keys = [
      null,
      '',
      'Bearer',
      revoked,
      expired,
      server.adminKey.slice(0, -1),
      `${server.adminKey}x`,
      `${server.adminKey} x`,
      '__proto__',
      'constructor',
    ]
    const answers = await Promise.all(keys.map((key) => askOver(server, transport, { query: '{ viewer { id } }' }, key)))
    for (const { status, text } of answers) {
      expect(text).toMatch(transport === 'WebSocket' ? /"closed":4403/ : /"code":"UNAUTHENTICATED"/)
      expect(status).toBe(transport === 'WebSocket' ? null : 401)
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('a partner runs what it registered, and no other text whatever it is wrapped in', async () => {
    expect((await askOver(server, transport, { documentId: hashOf(mine) }, partner.key)).text).toContain('"role":"PARTNER"')
    const text = '{ __schema { queryType { name } } viewer { id } }'
    const wrapped: Record<string, unknown>[] = [
      { query: text },
      { query: ` ${mine}` },
      { query: mine },
      { query: theirs, documentId: hashOf(theirs) },
      { documentId: hashOf(mine), query: text },
      { query: text, extensions: apollo(hashOf(text)) },
      { query: text, extensions: apollo(hashOf(mine)) },
      { query: text, extensions: apollo(null) },
      { documentId: hashOf(mine).toUpperCase(), query: text },
      { documentId: `${hashOf(mine)}\u0000` },
      { documentId: `sha256:sha256:${hashOf(mine)}` },
      { documentId: [hashOf(mine)] },
      { documentId: { toString: hashOf(mine) } },
      { doc_id: '__proto__', query: text },
      { documentId: 'toString' },
      { documentId: hashOf(mine), doc_id: hashOf(text) },
      { documentId: hashOf(mine), operationName: 'Theirs' },
      { documentId: '', query: text },
      { query: '' },
      { id: hashOf(mine), query: text },
      { extensions: { persistedQuery: [] }, query: text },
    ]
    for (const params of wrapped) {
      const { text: answer } = await askOver(server, transport, params, partner.key)
      expect(answer, JSON.stringify(params)).toMatch(/"code":"(FORBIDDEN|PERSISTED_QUERY_NOT_IN_LIST|INVALID_INPUT)"|"closed":4400/)
      expect(answer, JSON.stringify(params)).not.toMatch(/"data":\{|queryType/)
    }
  })

  it('a customer cannot introspect', async () => {
    for (const query of [
      '{ __schema { types { name } } }',
      '{ __type(name: "Query") { fields { name } } }',
      '{ viewer { ...on Viewer { id } } s: __schema { queryType { name } } }',
    ]) {
      const { text } = await askOver(server, transport, { query }, customer.key)
      expect(text).toContain('"code":"FORBIDDEN"')
      expect(text).not.toContain('"data":{')
    }
  })
})

describe('ways in that are none', () => {
  it('are refused as a form, as text, as a file, as XML and without a type', async () => {
    for (const key of [server.adminKey, customer.key]) {
      for (const [type, body] of [
        ['application/x-www-form-urlencoded', 'query=%7Bviewer%7Bid%7D%7D'],
        ['text/plain', '{"query":"{ viewer { id } }"}'],
        ['application/graphql', '{ viewer { id } }'],
        [
          'multipart/form-data; boundary=b',
          '--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ viewer { id } }"}\r\n--b--\r\n',
        ],
        ['text/xml', '<query>{ viewer { id } }</query>'],
      ] as const) {
        const response = await fetch(server.url, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${key}` }, body })
        expect(response.status, type).toBe(415)
        expect(await response.text()).not.toContain('"data":{')
      }
    }
  })

  it('are refused by another method, or one that pretends', async () => {
    const headers = { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json', 'x-http-method-override': 'POST' }
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect((await fetch(server.url, { method, headers, body: '{"query":"{ __typename }"}' })).status).toBe(405)
    const url = `${server.url}?${new URLSearchParams({ query: 'mutation { checkKnowledge { startedAt } }' })}`
    expect((await fetch(url, { headers })).status).toBe(405)
  })

  it('are refused in a URL: a key there is none', async () => {
    for (const name of ['authorization', 'Authorization', 'key', 'api_key', 'access_token', 'token'])
      expect((await fetch(`${server.url}?query={__typename}&${name}=${encodeURIComponent(`Bearer ${server.adminKey}`)}`)).status).toBe(401)
  })

  it('are refused when a part of the URL is no JSON object, without a word of what it was', async () => {
    const headers = { authorization: `Bearer ${server.adminKey}`, accept: 'application/json' }
    for (const name of ['variables', 'extensions'])
      for (const text of ['secret', '{"a":', '[1]', '7', '']) {
        const response = await fetch(`${server.url}?${new URLSearchParams({ query: '{ __typename }', [name]: text })}`, { headers })
        const answer = await response.text()
        expect([response.status, answer], text).toEqual([400, expect.stringContaining(`${name} is not a JSON object`)])
        expect(answer).not.toContain('secret')
      }
    const query = new URLSearchParams({ query: '{ __typename }', variables: '{}', extensions: 'null' })
    expect((await fetch(`${server.url}?${query}`, { headers })).status).toBe(200)
  })

  it('are refused when a JSON body says a thing twice, or is none', async () => {
    for (const body of [
      '',
      'null',
      '7',
      '"x"',
      '[]',
      '{',
      '{"query":7}',
      '{"query":["{ __typename }"]}',
      '{"query":null}',
      '{"query":"{ __typename }","variables":[1]}',
      '{"query":"{ __typename }","variables":"x"}',
      '{"query":"{ __typename }","extensions":7}',
      '{"query":"{ __typename }","operationName":{}}',
      '\ufeff{',
      `${'['.repeat(50_000)}`,
      `{"a":`.repeat(50_000),
    ]) {
      const { status, body: answer } = await server.post(body, { key: customer.key })
      expect(status, body.slice(0, 50)).toBe(400)
      expect(JSON.stringify(answer), body.slice(0, 50)).not.toMatch(/INTERNAL|"data":\{|\.ts|originalError/)
    }
    const twice = `{"documentId":"${hashOf(mine)}","query":"${mine}","query":"{ viewer { id } }"}`
    expect((await server.post(twice, { key: partner.key })).status).toBe(400)
    const polluted = '{"__proto__":{"query":"{ viewer { id } }"},"constructor":{"prototype":{"query":"x"}}}'
    expect((await server.post(polluted, { key: customer.key })).status).toBe(400)
    expect(({} as { query?: string }).query).toBeUndefined()
  })
})

describe('a socket', () => {
  it('is closed when it asks before it says who it is, says it twice, or is not understood', async () => {
    const early = await openSocket(server)
    early.say({ id: '1', type: 'subscribe', payload: { query: '{ viewer { id } }' } })
    expect(await early.closed).toBe(4401)
    const twice = await openSocket(server, { key: customer.key })
    twice.say({ type: 'connection_init', payload: { authorization: `Bearer ${server.adminKey}` } })
    expect(await twice.closed).toBe(4429)
    for (const nonsense of [
      '{',
      '[]',
      'null',
      '{"type":"subscribe"}',
      '{"type":"__proto__"}',
      '{"id":1,"type":"subscribe","payload":{"query":"x"}}',
      '\u0000',
    ]) {
      const socket = await openSocket(server, { key: customer.key })
      socket.say(nonsense)
      expect(await socket.closed, nonsense).toBe(4400)
      expect(socket.messages).toHaveLength(1)
    }
    const same = await openSocket(server, { key: await server.createKey('AGENT') })
    for (const _ of [1, 2]) same.say({ id: '1', type: 'subscribe', payload: { query: 'subscription { inboxEvents { at } }' } })
    expect(await same.closed).toBe(4409)
  })

  it('is closed when a message is larger than a megabyte, and refused with another protocol', async () => {
    const large = await openSocket(server, { key: customer.key })
    large.say({ id: '1', type: 'subscribe', payload: { query: `{ viewer { id } } #${'x'.repeat(1_100_000)}` } })
    expect(await large.closed).toBe(1009)
    const old = new WebSocket(server.url.replace('http', 'ws'), 'graphql-ws')
    const code = await new Promise((resolve) => old.on('close', resolve).on('error', () => resolve('refused')))
    expect(['refused', 4406]).toContain(code)
  })

  it('takes no key from its address or its headers', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}?authorization=Bearer%20${server.adminKey}`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${server.adminKey}` },
    })
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send('{"type":"connection_init"}')
    expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4403)
  })
})

describe('keys', () => {
  it('are looked up by their hash, so that how long it takes says nothing of them', () => {
    const folder = new URL('../../src/', import.meta.url)
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated/'))
      .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const)
    const lookUps = sources.filter(([, text]) => /where: \{ hash: /.test(text) && /apiKey\.find/.test(text))
    expect(lookUps.length).toBeGreaterThan(0)
    for (const [file, text] of lookUps) expect(text.match(/apiKey\.findUnique\(\{ where: \{ hash: (?!hashSecret\()/g), file).toBeNull()
    // What signs is compared in constant time; everything else is compared as a hash.
    expect(sources.find(([file]) => file.endsWith('signed-token.ts'))![1]).toContain('timingSafeEqual')
  })
})
