import { get } from 'node:http'
import { serverAudits } from 'graphql-http'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
})
afterAll(() => server?.stop())

const newCustomer = async () => (await server.app.resources.database.customer.create({ data: {} })).id

/** Audits that introspect, and one whose GET takes any answer. */
const refusedToCustomers = ['BF61', '2EA1', '28B9', 'D6D5', '6A70', '5A70']

describe('GraphQL over HTTP', () => {
  // Partners run nothing but what is registered for them.
  it.each(['ADMIN', 'AGENT', 'CUSTOMER'] as const)('passes every audit of graphql-http with a key of the role %s', async (role) => {
    const key = role === 'ADMIN' ? server.adminKey : await server.createKey(role, role === 'CUSTOMER' ? { customerId: await newCustomer() } : {})
    const authorized = ((url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${key}` } })) as typeof fetch
    const audits = serverAudits({ url: () => server.url, fetchFn: authorized })
    const failed: string[] = []
    for (const audit of audits) {
      const result = await audit.fn()
      const isExpected = role === 'CUSTOMER' && refusedToCustomers.includes(audit.id)
      if ((result.status !== 'ok') !== isExpected) failed.push(`${result.status} ${audit.id} ${audit.name}`)
    }
    expect(audits.length).toBeGreaterThanOrEqual(61)
    expect(failed).toEqual([])
  })

  it('says what is wrong with a document, and hides what is wrong with us', async () => {
    expect((await server.post({ query: '{' })).body.errors[0].message).toContain('Syntax Error')
    expect((await server.post({ query: '{ nothing }' })).body.errors[0].message).toContain('Cannot query field')
    expect((await server.post({ query: `{ viewer { id } } #${'x'.repeat(60_000)}` })).body.errors[0].extensions.code).toBe('LIMIT_EXCEEDED')
    expect((await server.post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } })).body.errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_IN_LIST',
    )
  })

  it('refuses a body that is too large, with or without a length', async () => {
    const large = 'x'.repeat(33 * 1024 * 1024)
    expect((await server.post(large)).status).toBe(413)
    const stream = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 33; part++) controller.enqueue(new TextEncoder().encode('x'.repeat(1024 * 1024)))
        controller.close()
      },
    })
    const answer = await fetch(server.url, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    } as RequestInit).catch(() => null)
    expect(answer?.status ?? 413).toBe(413)
  })

  it('lets any page ask with a key, and none with a cookie', async () => {
    const preflight = await fetch(server.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://desk.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    expect(preflight.status).toBeLessThan(300)
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/^(\*|https:\/\/desk\.example)$/)
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('GraphQL over a WebSocket', () => {
  it('answers a syntax error and goes on', async () => {
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${server.adminKey}` },
      retryAttempts: 0,
      lazyCloseTimeout: 1000,
    })
    const ask = (query: string) =>
      new Promise<any>((resolve) => client.subscribe({ query }, { next: resolve, error: (error) => resolve({ errors: error }), complete: () => {} }))
    expect((await ask('{ viewer {')).errors[0].message).toContain('Syntax Error')
    expect((await ask('{ viewer { role } }')).data).toEqual({ viewer: { role: 'ADMIN' } })
    expect((await ask('{ conversations(first: 0) { edges { cursor } } }')).errors[0].extensions.code).toBe('INVALID_INPUT')
    await client.dispose()
  })
})

describe('beside GraphQL', () => {
  it('answers a path that is no path of a URL', async () => {
    const status = await new Promise((resolve) =>
      get({ host: '127.0.0.1', port: new URL(server.base).port, path: '//' }, ({ statusCode }) => resolve(statusCode)),
    )
    expect(status).toBe(404)
  })

  it('tells its health, part by part', async () => {
    expect(await (await fetch(`${server.base}/health/live`)).json()).toEqual({ status: 'live' })
    const ready = await fetch(`${server.base}/health/ready`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      parts: {
        database: { status: 'ready' },
        vectors: { status: 'ready' },
        embedder: { status: 'off' },
        reranker: { status: 'off' },
        generator: { kind: 'EXTRACTIVE' },
      },
    })
  })

  it('counts for Prometheus', async () => {
    await server.post({ query: '{ viewer { id } }' })
    const text = await (await fetch(`${server.base}/metrics`)).text()
    expect(text).toMatch(/understudy_operations_total\{type="query",outcome="ok"\} [1-9]/)
    expect(text).toContain('understudy_draft_first_text_seconds_bucket')
  })

  it('opens GraphiQL with a link that works once, from no other host', async () => {
    const html = { headers: { accept: 'text/html' }, redirect: 'manual' as const }
    expect((await fetch(server.url, html)).status).toBe(401)
    const first = await fetch(server.app.consoleLink!, html)
    expect(first.status).toBe(303)
    const cookie = first.headers.get('set-cookie')!
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    expect((await fetch(server.app.consoleLink!, html)).status).toBe(401)
    const page = await (await fetch(server.url, { headers: { ...html.headers, cookie } })).text()
    expect(page).toContain('GraphiQL')
    expect(page).not.toMatch(/(src|href)="https?:\/\/(?!127)/)
    const ask = (headers: Record<string, string>) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...headers },
        body: '{"query":"{ viewer { role } }"}',
      })
    expect(await (await ask({ origin: server.base })).json()).toEqual({ data: { viewer: { role: 'ADMIN' } } })
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(401)
    expect((await ask({})).status).toBe(401)
  })

  it('has nothing elsewhere', async () => {
    expect((await fetch(`${server.base}/nowhere`)).status).toBe(404)
    expect((await fetch(`${server.base}/metrics`, { method: 'POST' })).status).toBe(405)
  })
})
