import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { appendMessage } from '../../src/services/conversations/append-message.ts'
import { lockConversation } from '../../src/services/conversations/lock-conversation.ts'
import { endLiveDrafts } from '../../src/services/drafting/end-live-drafts.ts'
import { failDraft } from '../../src/services/drafting/fail-draft.ts'
import { deskOf, rowId } from '../support/desk.ts'
import { scriptGenerator } from '../support/scripted-generator.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let release = () => {}
let held = Promise.resolve()
const desk = deskOf(() => server)

beforeAll(async () => {
  server = await startServer({ ...scriptGenerator({ pieces: ['Hello.', () => held] }), environment: { EMBEDDER: 'none' } })
})
afterAll(async () => {
  release()
  await server?.stop()
})
beforeEach(() => {
  held = new Promise<void>((resolve) => {
    release = resolve
  })
})

// The row of a conversation is the first lock of whoever changes it or its drafts, or two could wait for each other. PGlite has one connection, and
// no locks that wait.
it.skipIf(inject('database').kind === 'embedded').each([
  ['completes', async () => release()],
  ['is cancelled', async (draftId: string) => void desk.mutate('cancelDraft', { draftId }, 'id')],
  ['fails', async (draftId: string) => void failDraft(server.app.resources, rowId(draftId), { code: 'TIMEOUT', message: 'Late.', retryable: true })],
])('a draft that %s while the customer writes waits for its turn', async (_what, end) => {
  const { database } = server.app.resources
  const id = await desk.open()
  const { id: draftId } = await desk.mutate('draftReply', { conversationId: id }, 'id')
  const status = async () => (await desk.ask('query ($id: ID!) { draft(id: $id) { status text } }', { id: draftId })).draft
  await expect.poll(status).toEqual({ status: 'STREAMING', text: 'Hello.' })
  await database.$transaction(async (tx) => {
    const conversation = await lockConversation(tx, rowId(id))
    await appendMessage(tx, conversation, { kind: 'CUSTOMER', text: 'One more thing', customerId: conversation.customerId })
    await end(draftId)
    // Not in the transaction, which would see the same activity for ever.
    const waiting = async () => {
      const [{ count } = { count: 0 }] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      return count
    }
    await expect.poll(waiting).toBe(1)
    await endLiveDrafts(tx, { conversationId: rowId(id), status: 'SUPERSEDED', alsoReady: true, actor: { customerId: conversation.customerId } })
  })
  await expect.poll(async () => (await status()).status).toBe('SUPERSEDED')
})

it.skipIf(inject('database').kind === 'embedded')(
  'many who wait for one conversation wait longer than a connection takes to open, and all are answered',
  async () => {
    const { database } = server.app.resources
    const id = await desk.open()
    let writes: Promise<any[]> = Promise.resolve([])
    await database.$transaction(async (tx) => {
      await lockConversation(tx, rowId(id))
      // More than there are connections: the others wait for one of them.
      writes = Promise.all(
        Array.from({ length: 30 }, (_, index) => desk.mutate('addMessage', { conversationId: id, text: `Message ${index}` }, 'id')),
      )
      // What is tested is the time itself: the limit for opening a connection is five seconds.
      await tx.$queryRaw`SELECT pg_sleep(5.5)::text`
    })
    expect((await writes).map(({ __typename }) => __typename)).toEqual(Array.from({ length: 30 }, () => 'Message'))
  },
)
