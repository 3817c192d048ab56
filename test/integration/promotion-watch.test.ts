import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchPromotion } from '../../src/services/experiments/watch-promotion.ts'
import { promoteModelVersion } from '../../src/services/models/promote-model-version.ts'
import { rollBackModelVersion } from '../../src/services/models/roll-back-model-version.ts'
import { deskOf } from '../support/desk.ts'
import { askForDraft, collect, followOverWebSocket } from '../support/drafting.ts'
import { fillDrafts } from '../support/fill-experiment.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let [before, after] = ['', '']
let made = 0
const desk = deskOf(() => server)
const database = () => server.app.resources.database
const dayMs = 86_400_000

beforeAll(async () => {
  server = await startServer({ environment: { EMBEDDER: 'none' } })
})
afterAll(() => server?.stop())

/** One that was in use for a while, and one that took its place just now. */
beforeEach(async () => {
  const name = `${++made}`
  before = (await database().modelVersion.create({ data: { name: `Good ${name}`, kind: 'PROMPT' } })).id
  after = (await database().modelVersion.create({ data: { name: `New ${name}`, kind: 'PROMPT' } })).id
  await promote(before)
  await fillDrafts(database(), { modelVersionId: before, count: 120, editRatio: around(0.2), createdAt: new Date(Date.now() - dayMs) })
  await promote(after)
})

const around = (mean: number) => (index: number) => mean + 0.2 * (index % 2 === 0 ? 1 : -1)
const promote = (modelVersionId: string) => promoteModelVersion(server.app.resources, { modelVersionId, by: null })
const dealtWith = (count: number, editRatio: (index: number) => number | 'REJECTED') =>
  fillDrafts(database(), { modelVersionId: after, count, editRatio })
const activeId = async () => (await database().modelVersion.findFirstOrThrow({ where: { status: 'ACTIVE' } })).id
const watch = (changes: object = {}) => {
  const { resources } = server.app
  return watchPromotion({ ...resources, config: { ...resources.config, ...changes } })
}

describe('a promoted version', () => {
  it('goes back to its predecessor when its drafts are surely worse, and says so', async () => {
    await dealtWith(20, around(0.7))
    await watch()
    expect(await activeId()).toBe(after)
    await dealtWith(60, (index) => (index % 2 === 0 ? 'REJECTED' : 0.6))
    await watch()
    expect(await activeId()).toBe(before)
    const promotion = await database().promotion.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(promotion).toMatchObject({ modelVersionId: before, replacedId: after, reason: 'AUTOMATIC_ROLL_BACK', byId: null })
    expect(promotion.detail).toMatch(/the edit ratio is worse by 0\.5\d\d, and the true difference lies between \+0\.\d+ and \+0\.\d+\.$/)
    expect(await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'rollBackModelVersion',
      role: null,
      targetId: before,
      details: { replacedId: after, isAutomatic: true },
    })
    // Where it went back to is not watched itself.
    await watch()
    expect(await activeId()).toBe(before)
  })

  it('is looked at when a reply is sent', async () => {
    await dealtWith(80, around(0.7))
    const conversationId = await desk.open('How long do refunds take?')
    const draftId = await askForDraft(server, conversationId)
    await collect(followOverWebSocket(server, draftId))
    await desk.mutate('sendReply', { conversationId, draftId, text: 'Something else altogether.' }, 'id')
    await vi.waitFor(async () => expect(await activeId()).toBe(before), { timeout: 45_000, interval: 100 })
  })

  it('stays when it is as good, or worse by so little that it does not matter', async () => {
    await dealtWith(400, around(0.21))
    await watch()
    expect(await activeId()).toBe(after)
  })

  it('stays after its watch, without one, while an experiment runs, and when nothing is known of before', async () => {
    await dealtWith(80, around(0.7))
    await watch({ ROLL_BACK_DAYS: 0 })
    expect(await activeId()).toBe(after)
    const { id } = await database().experiment.create({ data: { name: `Meanwhile ${made}`, status: 'RUNNING' } })
    await watch()
    expect(await activeId()).toBe(after)
    await database().experiment.delete({ where: { id } })
    const promotion = await database().promotion.findFirstOrThrow({ orderBy: { id: 'desc' } })
    await database().promotion.update({ where: { id: promotion.id }, data: { at: new Date(Date.now() - 15 * dayMs) } })
    await watch()
    expect(await activeId()).toBe(after)
    const unknown = await database().modelVersion.create({ data: { name: `Unknown ${made}`, kind: 'PROMPT' } })
    await promote(unknown.id)
    await promote(after)
    await dealtWith(80, around(0.7))
    await watch()
    expect(await activeId()).toBe(after)
  })

  it('that somebody went back to stays, however it does', async () => {
    await rollBackModelVersion(server.app.resources, { by: null })
    await fillDrafts(database(), { modelVersionId: before, count: 80, editRatio: around(0.7) })
    await watch()
    expect(await activeId()).toBe(before)
  })
})
