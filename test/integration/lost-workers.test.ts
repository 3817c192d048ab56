import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { decodeGlobalId } from '../../src/schema/global-ids.ts'
import { failAbandonedDrafts } from '../../src/services/drafting/fail-abandoned-drafts.ts'
import { renewLease } from '../../src/stores/event-log.ts'
import { openConversation } from '../support/drafting.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
})
afterAll(() => server?.stop())

const minuteMs = 60_000

async function draftThat(data: { status: 'QUEUED' | 'STREAMING'; leaseUntil?: Date; createdAt?: Date }): Promise<string> {
  const { database } = server.app.resources
  const { id: conversationId } = decodeGlobalId(await openConversation(server))!
  const { id: turnMessageId } = await database.message.findFirstOrThrow({ where: { conversationId } })
  const { id } = await database.draft.create({ data: { conversationId, turnMessageId, ...data } })
  onTestFinished(async () => void (await database.draft.delete({ where: { id } })))
  return id
}
const statusOf = async (id: string) => (await server.app.resources.database.draft.findUniqueOrThrow({ where: { id } })).status

it('fails a draft whose writer is silent for longer than its lease, once', async () => {
  const id = await draftThat({ status: 'STREAMING', leaseUntil: new Date(Date.now() - 1) })
  const alive = await draftThat({ status: 'STREAMING', leaseUntil: new Date(Date.now() + minuteMs) })
  const { resources } = server.app
  const [first, second] = await Promise.all([failAbandonedDrafts(resources, { all: false }), failAbandonedDrafts(resources, { all: false })])
  expect(first + second).toBeLessThanOrEqual(1)
  expect(await statusOf(id)).toBe('FAILED')
  expect(await resources.database.draftEvent.count({ where: { draftId: id, type: 'DraftFailed' } })).toBe(1)
  expect(await statusOf(alive)).toBe('STREAMING')
})

it('leaves a draft alone whose writer comes back before it is failed', async () => {
  const id = await draftThat({ status: 'STREAMING', leaseUntil: new Date(Date.now() - 1) })
  const { resources } = server.app
  // It renews its lease when the draft was found abandoned, and before it is held.
  const late = {
    ...resources,
    database: new Proxy(resources.database, {
      get(target, name) {
        const value = Reflect.get(target, name)
        if (name !== '$transaction') return typeof value === 'function' ? value.bind(target) : value
        return async (work: never) => {
          expect(await renewLease(resources.database, id)).toBe(true)
          return target.$transaction(work)
        }
      },
    }),
  }
  expect(await failAbandonedDrafts(late, { all: false })).toBe(0)
  expect(await statusOf(id)).toBe('STREAMING')
})

it('says that it is not ready when drafts wait and nobody writes them', async () => {
  const drafts = async () => ((await (await fetch(`${server.base}/health/ready`)).json()) as any).parts.drafts
  expect(await drafts()).toMatchObject({ status: 'ready' })
  await draftThat({ status: 'QUEUED', createdAt: new Date(Date.now() - minuteMs) })
  expect(await drafts()).toMatchObject({ status: 'unavailable', detail: expect.stringContaining('1 wait and nobody writes them') })
  await draftThat({ status: 'STREAMING', leaseUntil: new Date(Date.now() + minuteMs) })
  expect(await drafts()).toMatchObject({ status: 'ready' })
})
