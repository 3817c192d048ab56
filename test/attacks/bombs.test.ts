import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RegisterOperationsDocument } from '../generated/graphql.ts'
import { askOver, createCustomer, createPartner, hashOf } from '../support/attackers.ts'
import { deskOf, globalId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let customer: Awaited<ReturnType<typeof createCustomer>>
const desk = deskOf(() => server)
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  customer = await createCustomer(server)
  await desk.open('Hello', {}, customer.key)
})
afterAll(() => server?.stop())

const nested = (levels: number, open: string, core: string, close = '}') => open.repeat(levels) + core + close.repeat(levels)
const conversationsIn = 'conversation { messages(first: 100) { edges { node { '
const fragments = (count: number, body: (at: number) => string) => Array.from({ length: count }, (_, at) => body(at)).join(' ')

/** A few bytes, or many, that would cost much. */
const bombs: [string, string][] = [
  ['10,000 aliases', `{ ${fragments(10_000, (at) => `a${at}: viewer { id }`)} }`],
  ['10,000 times a field', `{ ${'viewer { id } '.repeat(10_000)} }`],
  ['2,000 directives', `{ viewer ${'@skip(if: false) '.repeat(2_000)} { id } }`],
  ['2,000 unknown directives', `{ viewer { id ${'@a'.repeat(2_000)} } }`],
  ['objects inside objects', `{ conversations(first: 1) { edges { node { ${nested(20, conversationsIn, 'id', '} } } }')} } } } }`],
  ['pages inside pages', `{ conversations(first: 100) { edges { node { ${nested(3, conversationsIn, 'id', '} } } }')} } } } }`],
  ['10,000 brackets', `{ ${nested(10_000, 'a {', 'a')} }`],
  ['20,000 brackets of a list', `{ nodes(ids: ${nested(20_000, '[', '', ']')}) { id } }`],
  ['10,000 brackets of an object', `{ conversations(filter: ${nested(10_000, '{search:', '1')}) { edges { cursor } } }`],
  ['a fragment that spreads itself', '{ viewer { ...A } } fragment A on Viewer { id ...A }'],
  ['fragments in a circle', '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...C } fragment C on Viewer { ...A }'],
  ['a circle that nobody uses', '{ viewer { id } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }'],
  [
    'fragments that double',
    `{ viewer { ...F0 } } ${fragments(28, (at) => `fragment F${at} on Viewer { ...F${at + 1} ...F${at + 1} }`)} fragment F28 on Viewer { id name role }`,
  ],
  [
    'fields that double',
    `{ conversations { edges { node { ...F0 } } } } ${fragments(12, (at) => `fragment F${at} on Conversation { a${at}: messages { edges { node { conversation { ...F${at + 1} } } } } b${at}: messages { edges { node { conversation { ...F${at + 1} } } } } }`)} fragment F12 on Conversation { id }`,
  ],
  [
    'selections that must be compared',
    `{ ${'conversations { edges { node { customer { id name } messages { edges { node { id text } } } } } } '.repeat(300)} }`,
  ],
  ['2,000 fragments', `{ viewer { ${fragments(2_000, (at) => `...F${at} `)} } } ${fragments(2_000, (at) => `fragment F${at} on Viewer { id }`)}`],
  ['2,000 operations', fragments(2_000, (at) => `query Q${at} { viewer { id } }`)],
  ['2,000 variables', `query (${fragments(2_000, (at) => `$v${at}: ID`)}) { viewer { id } }`],
  ['a name of 40,000 letters', `{ ${'x'.repeat(40_000)} }`],
  ['a million characters', `{ viewer { id } } #${'x'.repeat(900_000)}`],
  ['deep introspection', `{ __schema { types { ${nested(12, 'fields { type { ', 'name', '} }')} } } }`],
]

describe('a bomb', () => {
  it.each(bombs)('of %s is refused at once, over HTTP and WebSocket', async (_what, query) => {
    for (const transport of ['POST', 'WebSocket'] as const) {
      const before = process.cpuUsage()
      const { text } = await askOver(server, transport, { query }, customer.key)
      const { user, system } = process.cpuUsage(before)
      expect(text).toContain('"errors":')
      expect(text).not.toMatch(/"data":\{|INTERNAL_SERVER_ERROR|\.ts:|closed/)
      expect(text.length).toBeLessThan(60_000)
      expect((user + system) / 1_000, 'milliseconds of CPU').toBeLessThan(1_500)
    }
  })

  it('is no operation that could be registered', async () => {
    const { keyId } = await createPartner(server)
    for (const [what, query] of bombs) {
      const body = query.replace(/^\{/, 'query Bomb {')
      const input = { apiKeyId: globalId('ApiKey', keyId), documents: [{ hash: hashOf(body), body }] }
      expect((await server.run(RegisterOperationsDocument, { input })).registerOperations, what).toMatchObject({ code: 'INVALID_INPUT' })
    }
  })

  it('of an admin is refused too', async () => {
    for (const [what, query] of bombs.filter(([what]) => !/operations|introspection|variables|directives/.test(what))) {
      const { body } = await server.post({ query })
      expect(body.data ?? null, what).toBeNull()
      expect(JSON.stringify(body.errors), what).not.toContain('INTERNAL')
    }
  })
})
