import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema, createYoga } from 'graphql-yoga'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import type { Database } from '../src/stores/database.ts'
import type { Measurement } from './measurement.ts'
import { percentile } from './statistics.ts'
import { startChild } from './support/child.ts'
import { watchStatements } from './support/count-statements.ts'
import { removeFolder, temporaryFolder } from './support/leave-nothing.ts'
import { conversations } from './support/operations.ts'
import { sampleQuestions } from './support/questions.ts'
import type { RequestLoad } from './support/request-load.ts'

const key = 'a-bootstrap-key-for-the-benchmark'
const rounds = 3
const seconds = 3
const connections = 4

export async function measureConversationList(): Promise<Measurement> {
  let statements: string[] = []
  watchStatements((sql) => statements.push(sql))
  const dataDir = temporaryFolder()
  const config = readConfig({ PORT: '0', GENERATOR: 'extractive', EMBEDDER: 'none', LOG_LEVEL: 'warn', BOOTSTRAP_ADMIN_KEY: key, DATA_DIR: dataDir })
  const app = await startApp(config, { logger: createLogger({ level: 'warn', isTerminal: false }) })
  const load = startChild<RequestLoad>('./request-load.ts')
  const servers: Server[] = []
  try {
    const { database } = app.resources
    await addConversations(app.resources.database)
    const body = await ask(app.url)
    statements = []
    await ask(app.url)
    const ofKey = statements.filter((sql) => sql.includes('FROM "public"."ApiKey"')).length
    const ofList = statements.length - ofKey

    const { url: constantUrl, server: constant } = await serveBareYoga(
      () => (JSON.parse(body) as { data: { conversations: unknown } }).data.conversations,
    )
    const { url: sameSqlUrl, server: sameSql } = await serveBareYoga(() => readList(database))
    servers.push(constant, sameSql)
    const expected = body.slice(0, 200)
    if ((await ask(sameSqlUrl)) !== body) throw new Error('Bare Yoga does not answer the same JSON.')

    const measured: number[] = []
    const onConstant: number[] = []
    const onSameSql: number[] = []
    const run = (url: string, results: number[]) =>
      load.ask('run', { url, key, query: conversations, expected, seconds, connections }).then((rate) => results.push(rate))
    for (let round = 0; round < rounds; round++) {
      await run(app.url, measured)
      await run(sameSqlUrl, onSameSql)
      await run(constantUrl, onConstant)
    }
    const best = (rates: number[]) => percentile(rates, 1)
    return {
      title: 'Conversation list of 20 with customer, assignee and last message',
      conditions: `embedded database, 60 conversations; ${connections} connections from another process, the best of ${rounds} rounds of ${seconds} s in turns`,
      reference:
        'bare Yoga in the same process: one Prisma query for the same rows and the same JSON, no key, no connection type; below it the same JSON from memory',
      rows: [
        { what: 'SQL queries of the list', unit: 'count', measured: ofList, reference: null, target: { atMost: 4 } },
        { what: 'SQL queries of its key', unit: 'count', measured: ofKey, reference: null, target: null },
        {
          what: 'requests, against the same SQL',
          unit: 'per second',
          measured: best(measured),
          reference: best(onSameSql),
          target: { atLeastShareOfReference: 0.6 },
        },
        { what: 'requests, against no database', unit: 'per second', measured: best(measured), reference: best(onConstant), target: null },
      ],
    }
  } finally {
    await load.stop()
    for (const server of servers) server.close().closeAllConnections()
    await app.stop()
    removeFolder(dataDir)
  }
}

async function ask(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: conversations }),
  })
  return response.text()
}

async function addConversations(database: Database): Promise<void> {
  const agents = await Promise.all(['Ada', 'Grace', 'Edsger'].map((name) => database.agent.create({ data: { name } })))
  for (const [index, text] of sampleQuestions().slice(0, 60).entries()) {
    const { id: customerId } = await database.customer.create({ data: { name: `Customer ${index}` } })
    const { id } = await database.conversation.create({
      data: { subject: `Question ${index}`, assigneeId: agents[index % agents.length]!.id, customerId },
    })
    const message = await database.message.create({ data: { conversationId: id, position: 1, kind: 'CUSTOMER', text, customerId } })
    await database.conversation.update({ where: { id }, data: { lastMessageId: message.id, messageCount: 1 } })
  }
}

/** What our list reads, as somebody would write it by hand. */
async function readList(database: Database) {
  const rows = await database.conversation.findMany({
    take: 21,
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    include: { customer: true, assignee: true, lastMessage: true },
  })
  const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url')
  const cursorOf = (id: string) => Buffer.from(`GPC:S:${id}`).toString('base64')
  const edges = rows.slice(0, 20).map(({ customer, assignee, lastMessage, ...row }) => ({
    cursor: cursorOf(row.id),
    node: {
      ...row,
      id: globalId('Conversation', row.id),
      updatedAt: row.updatedAt.toISOString(),
      customer: { ...customer, id: globalId('Customer', customer.id) },
      assignee: assignee && { ...assignee, id: globalId('Agent', assignee.id) },
      lastMessage: lastMessage && { ...lastMessage, id: globalId('Message', lastMessage.id) },
    },
  }))
  return { edges, pageInfo: { hasNextPage: rows.length > 20, endCursor: edges.at(-1)?.cursor } }
}

async function serveBareYoga(resolve: () => unknown): Promise<{ url: string; server: Server }> {
  const schema = createSchema({
    typeDefs: /* GraphQL */ `
      type Person { id: ID! name: String }
      type Message { id: ID! text: String! kind: String! }
      type Conversation { id: ID! status: String! subject: String intent: String updatedAt: String! customer: Person! assignee: Person lastMessage: Message }
      type Edge { cursor: String! node: Conversation! }
      type PageInfo { hasNextPage: Boolean! endCursor: String }
      type Connection { edges: [Edge!]! pageInfo: PageInfo! }
      type Query { conversations(first: Int): Connection! }
    `,
    resolvers: { Query: { conversations: resolve } },
  })
  const server = createServer(createYoga({ schema, logging: false, graphiql: false }))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server }
}
