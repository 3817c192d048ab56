import { parse } from 'graphql'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/lib/logger.ts'
import { schema } from '../src/schema/index.ts'
import { limitDocument } from '../src/schema/limit-document.ts'
import { priceRequest } from '../src/schema/price-request.ts'
import { createCostBudgets } from '../src/stores/cost-budgets.ts'
import type { Measurement, Row } from './measurement.ts'
import { median } from './statistics.ts'
import type { BareServers } from './support/bare-servers.ts'
import { startChild } from './support/child.ts'
import { removeFolder, temporaryFolder } from './support/leave-nothing.ts'
import { conversations } from './support/operations.ts'
import { sampleQuestions } from './support/questions.ts'
import type { RequestLoad } from './support/request-load.ts'
import { residentMb } from './support/resident-memory.ts'
import { type ServerProcess, startServerProcess } from './support/server-process.ts'
import type { Subscribers } from './support/subscribers.ts'
import { openAbout } from './support/write-drafts.ts'

const seconds = 3
const connections = 4
const idleSockets = 1_000
const smallest = '{ __typename }'

export async function measureHttp(): Promise<Measurement> {
  const dataDir = temporaryFolder()
  const server = await startServerProcess({ dataDir, environment: { EMBEDDER: 'none', LOG_LEVEL: 'warn', SOCKETS_PER_KEY: '2000' } })
  const load = startChild<RequestLoad>('./request-load.ts')
  const bare = startChild<BareServers>('./bare-servers.ts')
  try {
    for (const text of sampleQuestions().slice(0, 20)) await openAbout(server.client, text)
    const list = await ask(server)
    const { conversations: constant } = (JSON.parse(list) as { data: { conversations: unknown } }).data
    const references = [
      ['bare Yoga', await bare.ask('yoga', constant as never)],
      ['Mercurius', await bare.ask('mercurius', constant as never)],
    ] as const
    const rows: Row[] = []
    for (const [what, query, expected] of [
      ['conversation list', conversations, list.slice(0, 200)],
      ['{ __typename }', smallest, '{"data":{"__typename":"Query"}}'],
    ] as const) {
      const run = (url: string) => load.ask('time', { url, key: server.key, query, expected, seconds, connections })
      await run(server.url)
      const measured = await run(server.url)
      for (const [name, url] of references) {
        await run(url)
        const reference = await run(url)
        rows.push(
          { what: `${what}, against ${name}`, unit: 'per second', measured: measured.perSecond, reference: reference.perSecond, target: null },
          { what: `${what} p99, against ${name}`, unit: 'ms', measured: measured.p99Ms, reference: reference.p99Ms, target: null },
        )
      }
    }
    const guards = await timeGuards()
    rows.push(
      { what: 'guards of a document that was seen before', unit: 'ms', measured: guards.known, reference: null, target: { atMost: 0.3 } },
      { what: 'guards of a new document', unit: 'ms', measured: guards.first, reference: null, target: { atMost: 0.3 } },
    )
    const addedMb = await memoryOfSockets(server)
    rows.push({ what: `memory of ${idleSockets.toLocaleString('en')} idle sockets`, unit: 'MB', measured: addedMb, reference: null, target: null })
    return {
      title: 'HTTP, with key, roles, limits and budget',
      conditions: `20 conversations in the embedded database; ${connections} connections from another process, ${seconds} s after ${seconds} s to get warm`,
      reference: 'the same JSON from memory, without keys, limits and database, in a process of its own',
      rows,
      notes: [
        `${((1024 * addedMb) / idleSockets).toFixed(1)} KB a socket`,
        `guards: size, price and budget of the conversation list, the median of 2,000: ${(1000 * guards.known).toFixed(0)} and ${(1000 * guards.first).toFixed(0)} µs`,
      ],
    }
  } finally {
    await load.stop()
    await bare.stop()
    await server.stop()
    removeFolder(dataDir)
  }
}

async function ask({ url, key }: ServerProcess): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${key}` }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: conversations }) })).text()
}

/** What a request pays for them, in this process: those of a new document are read anew each time. */
async function timeGuards(): Promise<{ known: number; first: number }> {
  const budgets = createCostBudgets({ config: readConfig({}), logger: createLogger({ level: 'silent', isTerminal: false }) })
  const guard = async (document: ReturnType<typeof parse>) => {
    const startedAt = performance.now()
    limitDocument(document, 'AGENT')
    const cost = priceRequest(schema, { document, operationName: null, variables: null })!
    await budgets.take([{ callerId: 'a key', maximum: 10_000_000 }], cost)
    return performance.now() - startedAt
  }
  const document = parse(conversations)
  const known: number[] = []
  const first: number[] = []
  for (let round = 0; round < 2_000; round++) {
    known.push(await guard(document))
    first.push(await guard(parse(conversations)))
  }
  await budgets.close()
  return { known: median(known), first: median(first) }
}

async function memoryOfSockets({ url, key, pid }: ServerProcess): Promise<number> {
  const clients = startChild<Subscribers>('./subscribers.ts')
  try {
    // What the first sockets bring along once is none of the others’.
    await clients.ask('connect', { url, key, sockets: 10 })
    const before = residentMb(pid)
    await clients.ask('connect', { url, key, sockets: idleSockets })
    return residentMb(pid) - before
  } finally {
    await clients.stop()
  }
}
