import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchStatements } from '../../bench/support/count-statements.ts'
import { hashSecret } from '../../src/services/access/api-keys.ts'
import { globalId } from '../support/desk.ts'
import { fillDesk } from '../support/fill-desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let statements: string[] = []
let statementWatch: ReturnType<typeof watchStatements>
const keys: Record<string, string> = {}

const list = (field: string, selection: string, args = '') =>
  `query List($first: Int!) { ${field}(first: $first${args}) { edges { node { ${selection} } } } }`
const conversations = (selection: string) => list('conversations', selection)
const article = 'id title versions(first: 1) { edges { node { author { name } } } } phrasings { text } usage { cited } chunks { text }'
const draft = `id status queuePosition edit { by { name } } rejection { by { name } } modelVersion { name } conversation { id }
  citations { quote article { id title usage { cited } } }
  feedback { agent { name } correctedArticles { title phrasings { text } } trainingExample { state } }`
const entry = `id actor { name } ... on MessageEntry { message { text author { name } } } ... on DraftEntry { draft { status } }
  ... on AssignmentEntry { assignee { name } }`
const forCustomer = 'id customer { name email } previous { id } lastMessage { text author { name } }'
const webhookId = globalId('Webhook', 'webhook-0000')

// The key’s own statement is counted too. Partners run what is registered, which is looked up in memory.
const cases: [what: string, role: 'ADMIN' | 'CUSTOMER' | 'PARTNER', most: number, query: string][] = [
  ['conversations', 'ADMIN', 7, conversations('id subject customer { name } assignee { name } lastMessage { text author { name } }')],
  ['conversations', 'CUSTOMER', 8, conversations(forCustomer)],
  ['conversations', 'PARTNER', 10, conversations(forCustomer)],
  ['their continuations', 'CUSTOMER', 7, conversations('previous { id continuations(first: 5) { edges { node { id lastMessage { text } } } } }')],
  [
    'their messages',
    'ADMIN',
    10,
    conversations('messages(first: 5) { edges { node { text author { name } conversation { id } draft { id } diff { text } effect } } }'),
  ],
  ['their messages', 'CUSTOMER', 7, conversations('messages(first: 5) { edges { node { text author { name } conversation { id } } } }')],
  ['their messages', 'PARTNER', 9, conversations('messages(first: 5) { edges { node { text author { name } conversation { id } } } }')],
  ['their drafts', 'ADMIN', 20, conversations(`drafts(first: 3) { edges { node { ${draft} } } }`)],
  [
    'their drafts',
    'PARTNER',
    9,
    conversations('drafts(first: 5) { edges { node { status queuePosition citations { quote article { title } } conversation { id } } } }'),
  ],
  ['their timelines', 'ADMIN', 10, conversations(`timeline(first: 5) { edges { node { ${entry} } } }`)],
  ['their surveys', 'ADMIN', 8, conversations('survey { url agent { name } draft { id } rating { score } }')],
  ['their surveys', 'PARTNER', 8, conversations('survey { url rating { score } }')],
  [
    'conversations by their ids',
    'ADMIN',
    6,
    'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on Conversation { customer { name } assignee { name } } } }',
  ],
  ['articles', 'ADMIN', 7, list('articles', article)],
  ['articles that were never cited', 'ADMIN', 7, list('neverCitedArticles', article)],
  ['pairs of articles', 'ADMIN', 6, list('articlePairs', 'first { title usage { cited } } second { title phrasings { text } }')],
  [
    'model versions',
    'ADMIN',
    10,
    list(
      'modelVersions',
      'id name metrics { editRatio } parent { name } createdBy { name } promotions(first: 3) { edges { node { reason replaced { name } by { name } } } } drafts(first: 3) { edges { node { id status } } } trainingExamples(first: 3) { edges { node { id question } } }',
    ),
  ],
  [
    'training examples',
    'ADMIN',
    8,
    list('trainingExamples', 'id draft { id } conversation { id } modelVersions(first: 3) { edges { node { id name } } }'),
  ],
  ['agents', 'ADMIN', 2, list('agents', 'id name isAvailable')],
  ['keys', 'ADMIN', 7, list('apiKeys', 'name agent { name } customer { name } partner { name } replacedBy { name agent { name } }')],
  ['intents', 'ADMIN', 3, list('intents', 'name exampleCount examples(first: 5) { edges { node { text } } }')],
  [
    'gaps',
    'ADMIN',
    11,
    list(
      'knowledgeGaps',
      'attributions { text } filledBy { title } examples { text } questions(first: 5) { edges { node { conversation { customer { name } } } } }',
    ),
  ],
  ['manifests', 'ADMIN', 8, list('operationManifests', 'status partner { name } operations { name partner { name } manifest { version } }')],
  ['registered operations', 'ADMIN', 5, list('registeredOperations', 'name partner { name } manifest { version status }')],
  ['webhooks', 'ADMIN', 3, list('webhooks', 'url createdBy { name }')],
  ['deliveries', 'ADMIN', 4, list('webhookDeliveries', 'webhook { url } attempts { statusCode }', `, webhookId: "${webhookId}"`)],
  ['the audit log', 'ADMIN', 2, list('auditLog', 'action actor { name } details { name value }')],
]

const hash = (body: string) => createHash('sha256').update(body).digest('hex')

beforeAll(async () => {
  statementWatch = watchStatements((sql) => statements.push(sql))
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  const { database } = server.app.resources
  keys.ADMIN = server.adminKey
  keys.PARTNER = await server.createKey('PARTNER')
  const { partnerId } = await database.apiKey.findUniqueOrThrow({ where: { hash: hashSecret(keys.PARTNER) } })
  const { id: customerId } = await database.customer.create({ data: { externalId: 'ann', name: 'Ann' } })
  keys.CUSTOMER = await server.createKey('CUSTOMER', { customerId })
  await fillDesk(database, { size: 20, partnerId: partnerId!, customerId })
  await database.registeredOperation.createMany({
    data: cases
      .filter(([, role]) => role === 'PARTNER')
      .map(([, , , body]) => ({
        partnerId: partnerId!,
        manifestId: 'manifest-0000',
        hash: hash(body),
        body,
        name: 'List',
        type: 'query',
        cost: 1,
        lastUsedAt: new Date(),
      })),
  })
})
afterAll(async () => {
  statementWatch?.stop()
  await server?.stop()
})

// What goes on beside: a look at snoozed conversations, abandoned drafts, owed deliveries and registered operations every second or two.
const besides = [
  { what: /"snoozedUntil" <=/, unlessIn: /^$/ },
  { what: /"leaseUntil" </, unlessIn: /^$/ },
  { what: /"Webhook/, unlessIn: /webhook/ },
  { what: /"RegisteredOperation"/, unlessIn: /anifests|registeredOperations/ },
]
const isOf = (query: string) => (sql: string) =>
  /^\s*(SELECT|WITH)/i.test(sql) && !besides.some(({ what, unlessIn }) => what.test(sql) && !unlessIn.test(query))

async function statementsOf(role: string, query: string, size: number): Promise<string[]> {
  const variables = {
    first: size,
    ids: Array.from({ length: size }, (_, n) => globalId('Conversation', `conversation-${String(n).padStart(4, '0')}`)),
  }
  const runs: string[][] = []
  for (const _run of [1, 2, 3]) {
    statements = []
    const { body } = await server.post({ ...(role === 'PARTNER' ? { documentId: hash(query) } : { query }), variables }, { key: keys[role]! })
    runs.push(statements.filter(isOf(query)))
    expect(body.errors).toBeUndefined()
  }
  // The first time may also fill a cache.
  return runs.sort((a, b) => a.length - b.length)[0]!
}

describe('twenty of a list take as many statements as two', () => {
  it.each(cases)('%s, to %s: at most %i', async (_what, role, most, query) => {
    const few = await statementsOf(role, query, 2)
    const many = await statementsOf(role, query, 20)
    // Those for two fields may change places.
    expect(many.map(nameTable).sort()).toEqual(few.map(nameTable).sort())
    expect(many.length, many.map(nameTable).join('\n')).toBeLessThanOrEqual(most)
  })
})

it('sees the statements of a transaction', async () => {
  statements = []
  await server.post({ query: 'mutation { openConversation(input: { message: "Hello" }) { __typename } }' })
  expect(statements.some((sql) => /INSERT INTO "public"."Message"/.test(sql))).toBe(true)
})

const nameTable = (sql: string) => /FROM (\(SELECT )?("\w+"\.)?"(\w+)"/.exec(sql)?.[3] ?? sql
