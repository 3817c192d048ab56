import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCustomer, createPartner } from '../support/attackers.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const keys = new Map<string, string | null>([['nobody', null]])
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  keys.set('a partner', (await createPartner(server)).key)
  keys.set('a customer', (await createCustomer(server)).key)
})
afterAll(() => server?.stop())

type Who = { ask(query: unknown): Promise<any>; fetchText(path: string, init?: RequestInit): Promise<string> }

function as(key: string | null): Who {
  const headers = { accept: '*/*', ...(key !== null && { authorization: `Bearer ${key}` }) }
  const fetchText = async (path: string, init: RequestInit = {}) =>
    (await fetch(new URL(path, server.base), { ...init, headers: { ...headers, ...(init.headers as object) } })).text()
  return {
    fetchText,
    ask: async (body) =>
      json(await fetchText('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })),
  }
}

function json(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const introspection = '{ __schema { queryType { name } types { name fields { name } } } }'
const circular = '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }'
const inQuery = (query: string) => `/graphql?${new URLSearchParams({ query })}`

/** The checks of graphql-cop: what each sends, and whether it would report a finding on the answer. */
const checks: [string, (who: Who) => Promise<unknown>][] = [
  [
    'alias overloading',
    async ({ ask }) => (await ask({ query: `{ ${Array.from({ length: 101 }, (_, at) => `alias${at}: __typename`).join(' ')} }` })).data?.alias100,
  ],
  ['batched queries', async ({ ask }) => (await ask(Array(10).fill({ query: '{ __typename }' }))).length >= 10],
  ['directive overloading', async ({ ask }) => (await ask({ query: `{ __typename ${'@aa'.repeat(10)} }` })).errors?.length === 10],
  ['circular introspection', async ({ ask }) => (await ask({ query: circular })).data?.__schema],
  [
    'circular fragments',
    async ({ ask }) =>
      !(await ask({ query: '{ __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }' })).errors,
  ],
  ['field duplication', async ({ ask }) => (await ask({ query: `{ ${'__typename '.repeat(500)} }` })).data?.__typename],
  [
    'trace mode',
    async ({ ask }) => {
      const answers = [await ask({ query: '{ __typename }' }), await ask({ query: '{ nothing }' })]
      return /tracing|exception|stacktrace/i.test(JSON.stringify(answers))
    },
  ],
  ['queries by GET', async ({ fetchText }) => json(await fetchText(inQuery('{ __typename }'))).data],
  ['mutations by GET', async ({ fetchText }) => json(await fetchText(inQuery('mutation { __typename }'))).data],
  [
    'queries as a form',
    async ({ fetchText }) => {
      const body = new URLSearchParams({ query: '{ __typename }' })
      const answers = [await fetchText('/graphql', { method: 'POST', body }), await fetchText(inQuery('{ __typename }'), { method: 'POST' })]
      return answers.some((answer) => json(answer).data)
    },
  ],
  [
    'GraphiQL',
    async ({ fetchText }) => {
      const paths = ['/graphiql', '/playground', '/console', '/graphql', '/']
      const pages = await Promise.all(paths.flatMap((path) => [fetchText(path), fetchText(path, { headers: { accept: 'text/html' } })]))
      return pages.some((page) => /graphiql|graphql.playground/i.test(page))
    },
  ],
  ['introspection', async ({ ask }) => (await ask({ query: introspection })).data?.__schema],
  [
    'suggestions of fields',
    async ({ ask }) => {
      const queries = ['{ __schema { directive } }', '{ conversation { id } }', '{ viewr { id } }', '{ viewer { nam } }']
      return /did you mean/i.test(JSON.stringify(await Promise.all(queries.map((query) => ask({ query })))))
    },
  ],
  ['unhandled errors', async ({ ask }) => /exception|at .+\.ts/.test(JSON.stringify(await ask({ query: 'qwerty cop { abc }' })))],
]

it.each(checks.flatMap(([check, find]) => (['nobody', 'a partner', 'a customer'] as const).map((who) => [check, who, find] as const)))(
  'graphql-cop finds no %s as %s',
  async (_check, who, find) => {
    expect(Boolean(await find(as(keys.get(who)!)))).toBe(false)
  },
)
