import type { LookupAddress } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { guardedGet } from '../../src/lib/http/guarded-get.ts'
import type { Resolve } from '../../src/lib/http/guarded-lookup.ts'
import { guardedPost } from '../../src/lib/http/guarded-post.ts'
import { checkWebhookUrl } from '../../src/services/webhooks/check-webhook.ts'

/** Something on this machine that nobody outside may reach. */
let inside: ReturnType<typeof createServer>
let port: number
let answer: RequestListener = (_request, response) => void response.setHeader('content-type', 'text/html').end('Secret')
let requests = 0

beforeAll(async () => {
  inside = createServer((request, response) => {
    requests += 1
    answer(request, response)
  })
  await new Promise<void>((resolve) => inside.listen(0, resolve))
  port = (inside.address() as AddressInfo).port
})
afterAll(() => void inside.close().closeAllConnections())
afterEach(() => {
  requests = 0
})

const names: Record<string, string> = {
  'metadata.google.internal': '169.254.169.254',
  'desk.localhost': '127.0.0.1',
  'inside.example.com': '10.0.0.5',
  'inside.example.com.': '10.0.0.5',
  '127.0.0.1.nip.example': '127.0.0.1',
  'six.example.com': '::1',
  'mapped.example.com': '::ffff:127.0.0.1',
  localhost: '127.0.0.1',
  'localhost.': '127.0.0.1',
}
const resolve: Resolve = (hostname, _options, callback) => {
  const address = names[hostname]
  if (!address) return callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), [])
  callback(null, [{ address, family: address.includes(':') ? 6 : 4 }])
}

const options = {
  isAllowed: () => true,
  allowsPrivate: false,
  timeoutMs: 5_000,
  maximumBytes: 1_000,
  types: ['text/html'],
  userAgent: 'test',
  signal: new AbortController().signal,
  resolve,
}
const get = (address: string, more: object = {}) => guardedGet(address, { ...options, ...more })
const post = (address: string, more: object = {}) => guardedPost(address, { ...options, body: '{}', headers: {}, ...more })

const spellings = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7F.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '１２７.０.０.１',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
  ],
  ...[
    '0',
    '0.0.0.0',
    '00000000000',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ],
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '[::ffff:169.254.169.254]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ⓛocalhost',
    'desk.localhost',
    'inside.example.com',
    'inside.example.com.',
    '127.0.0.1.nip.example',
    'six.example.com',
    'mapped.example.com',
    'metadata.google.internal',
    'metadata.google.internal%2e',
  ],
]

describe('an address of this machine or its network', () => {
  it.each(spellings)('is refused when it is written %s', async (host) => {
    for (const ask of [() => get(`http://${host}:${port}/`), () => post(`https://${host}:${port}/`)])
      await expect(ask()).rejects.toThrow(/private address|cannot be reached \(ENOTFOUND\)|Invalid URL/)
    expect(requests).toBe(0)
  })

  it.each(spellings.filter((host) => /^[\d[①１0]/.test(host) && !host.includes('nip')))('is no webhook’s when it is written %s', (host) => {
    expect(() => checkWebhookUrl(`https://${host}/`, { WEBHOOK_PRIVATE_ADDRESSES: false })).toThrow(/private address|not a web address/)
  })

  it('is refused behind a user, a password, a backslash, a tab or another protocol', async () => {
    const ways = [
      'http://example.com@HOST/',
      'http://a:b@HOST/',
      'http://example.com\\@HOST/',
      'http:\\\\HOST/',
      'http://HOST\\.example.com/',
      'h\tttp://HOST/',
      ' http://HOST/ ',
      'http:HOST/',
      'file://HOST/etc/passwd',
      'gopher://HOST/',
      'ftp://HOST/',
      'ws://HOST/',
      'data:text/html,x',
      'javascript:alert(1)',
      'blob:http://HOST/',
    ]
    for (const way of ways) {
      await expect(get(way.replace('HOST', `127.0.0.1:${port}`)), way).rejects.toThrow()
      await expect(post(way.replace('HOST', `127.0.0.1:${port}`)), way).rejects.toThrow()
    }
    expect(requests).toBe(0)
  })

  it('is refused where a redirect leads to it, and not followed by a webhook', async () => {
    const targets = [
      `http://127.0.0.1:${port}/`,
      `//127.0.0.1:${port}/`,
      '/again',
      `http://[::1]:${port}/`,
      `http://user@127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      'file:///etc/passwd',
      'http://169.254.169.254/',
    ]
    for (const location of targets) {
      requests = 0
      answer = (_request, response) => void response.writeHead(302, { location }).end()
      // The first may be reached, what it leads to may not: as if it were outside.
      const first = {
        get allowsPrivate() {
          return requests === 0
        },
      }
      await expect(
        guardedGet(
          `http://127.0.0.1:${port}/`,
          Object.defineProperty({ ...options }, 'allowsPrivate', Object.getOwnPropertyDescriptor(first, 'allowsPrivate')!),
        ),
        location,
      ).rejects.toThrow(/private address|does not start with|holds a password/)
      expect(requests).toBe(1)
      expect((await post(`http://127.0.0.1:${port}/`, { allowsPrivate: true })).status).toBe(302)
      expect(requests).toBe(2)
    }
  })
})

describe('a name that means another address the next time', () => {
  const script = (...answers: string[][]) => {
    let asked = 0
    const scripted: Resolve = (_hostname, _options, callback) => {
      const addresses = answers[Math.min(asked++, answers.length - 1)]!
      callback(
        null,
        addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    return { resolve: scripted, asked: () => asked }
  }

  it('is asked for once a connection: what was checked is what is connected to', async () => {
    answer = (_request, response) => void response.setHeader('content-type', 'text/html').end('Reached')
    // If it were asked for again, it would mean an address where nobody answers.
    const once = script(['127.0.0.1'], ['192.0.2.1'])
    const { body } = await get(`http://rebinding.example:${port}/`, { allowsPrivate: true, resolve: once.resolve })
    expect([body.toString(), once.asked()]).toEqual(['Reached', 1])
  })

  it('is refused when the answer to the next connection is private', async () => {
    const lookUps = script(['192.0.2.1'], ['127.0.0.1'])
    for (let at = 0; at < 3; at++)
      await expect(get(`http://rebinding.example:${port}/`, { resolve: lookUps.resolve })).rejects.toThrow('private address')
    expect([lookUps.asked(), requests]).toEqual([3, 0])
  })

  it('is refused when one of several answers is private', async () => {
    for (const answers of [
      ['93.184.215.14', '127.0.0.1'],
      ['2606:4700::1111', '::1'],
      ['127.0.0.1', '93.184.215.14'],
    ])
      for (const ask of [() => get(`http://mixed.example:${port}/`, script(answers)), () => post(`https://mixed.example:${port}/`, script(answers))])
        await expect(ask()).rejects.toThrow('private address')
    expect(requests).toBe(0)
  })
})
