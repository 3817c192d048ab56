import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/generated/prisma/client.ts'
import { schema } from '../../src/schema/index.ts'
import { recordTimeline } from '../../src/services/conversations/record-timeline.ts'
import { conversationsTopic } from '../../src/stores/event-log.ts'
import { rowId } from '../support/desk.ts'
import { openCaller, type Register, recordingCaller, registering, type Transport, transports } from '../support/permissions/ask-as.ts'
import { pathsOf } from '../support/permissions/paths.ts'
import { type Seeded, seedPermissions, taught } from '../support/permissions/seed.ts'
import { type Verdicts, walkMutations, walkQueries, walkSubscriptions, walkTypes } from '../support/permissions/walk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const file = new URL('../permissions.txt', import.meta.url)
const roles = ['ADMIN', 'AGENT', 'PARTNER', 'CUSTOMER', 'none'] as const

let server: TestServer
let seeded: Seeded
const keys = new Map<string, string>()
let register: Register
const reached = new Set<string>()

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
  seeded = await seedPermissions(server)
  const { customerId, partnerId } = seeded
  // One of its own: a manifest that holds hundreds would be read again and again by the walk.
  const manifest = await server.app.resources.database.operationManifest.create({ data: { partnerId, version: 2 } })
  register = registering(server, { partnerId, manifestId: manifest.id })
  await registerWalk()
  keys.set('ADMIN', server.adminKey)
  for (const role of ['AGENT', 'PARTNER', 'CUSTOMER'] satisfies Role[])
    keys.set(
      role,
      await server.createKey(role, {
        costPerMinute: 10_000_000,
        ...(role === 'CUSTOMER' && { customerId }),
        ...(role === 'PARTNER' && { partnerId }),
      }),
    )
})
afterAll(() => server?.stop())

async function walk(role: (typeof roles)[number], transport: Transport): Promise<Verdicts> {
  // The mutations at the end of a walk begin it anew, without what was found in it.
  await server.app.resources.database.trainingExample.updateMany({ data: { lessonEvidence: taught.lessonEvidence } })
  const key = keys.get(role) ?? null
  const caller = await openCaller(server, { transport, key, register: role === 'PARTNER' ? register : null })
  try {
    const walked = { schema, seeded, caller, isStaff: role === 'ADMIN' || role === 'AGENT' }
    const types = role === 'none' ? new Map() : await walkTypes(walked, (type) => role === 'ADMIN' && reached.add(type))
    const streams = transport === 'HTTP' ? new Map() : await walkSubscriptions(walked, stir)
    return new Map([...types, ...(await walkQueries(walked)), ...streams, ...(await walkMutations(walked))])
  } finally {
    await caller.stop()
  }
}

/** Nearly all that a walk asks, so that it is registered at once and not one by one. */
async function registerWalk(): Promise<void> {
  const documents = new Set<string>()
  const everything = { data: Object.keys(schema.getTypeMap()).map((name) => ({ __typename: name })) }
  for (const answer of [undefined, everything]) {
    const walked = { schema, seeded, isStaff: false, caller: recordingCaller(documents, answer) }
    for (const walkPart of [walkTypes, walkQueries, walkMutations, walkSubscriptions]) await walkPart(walked, async () => {})
  }
  await Promise.all([...documents].map(register))
}

async function stir(): Promise<void> {
  const { database, wakeUps } = server.app.resources
  for (const { Conversation } of [seeded.own, seeded.foreign])
    await recordTimeline(database, rowId(Conversation!), {}, { kind: 'STATUS', status: 'OPEN' })
  wakeUps.notify(conversationsTopic)
}

describe('the permission table', () => {
  it.each(transports)('says what every role gets of every field, over %s', async (transport) => {
    const verdicts = new Map<string, Verdicts>()
    for (const role of roles) {
      verdicts.set(role, await walk(role, transport))
    }
    const fields = [...new Set([...verdicts.values()].flatMap((found) => [...found.keys()]))].sort()
    const table = fields.map((field) =>
      `${field.padEnd(52)}${roles.map((role) => (verdicts.get(role)!.get(field) ?? 'no').padEnd(9)).join('')}`.trimEnd(),
    )
    // The last of them knows all fields.
    if (process.env.UPDATE_PERMISSIONS && transport !== 'WebSocket') return
    if (process.env.UPDATE_PERMISSIONS) {
      const head = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('#'))
      writeFileSync(file, `${[...head, ...table].join('\n')}\n`)
    }
    const known = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#') && (transport !== 'HTTP' || !line.startsWith('Subscription.')))
    const toAdd = table.filter((line) => !known.includes(line))
    const toRemove = known.filter((line) => !table.includes(line))
    expect({ toAdd, toRemove }, 'Look at each, then add and remove these lines in test/permissions.txt, or: UPDATE_PERMISSIONS=1').toEqual({
      toAdd: [],
      toRemove: [],
    })
  })

  it('has a row of every type that a query can reach', () => {
    const types = [...pathsOf(schema, () => '').keys()]
    expect(types.filter((type) => !reached.has(type))).toEqual([])
  })
})
