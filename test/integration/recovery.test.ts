import { afterEach, describe, expect, test } from 'vitest'
import { workOnImports } from '../../src/jobs/import-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { queueDraft } from '../../src/services/drafting/queue-draft.ts'
import { recoverQueuedDrafts } from '../../src/services/drafting/recover-queued-drafts.ts'
import { startImport } from '../../src/services/knowledge/start-import.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { cancelRun } from '../../src/services/runs/cancel-run.ts'
import { followRun } from '../../src/services/runs/follow-run.ts'
import { recoverRuns } from '../../src/services/runs/recover-runs.ts'
import { openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function place() {
  const database = await createTestDatabase()
  closers.push(database.remove)
  return async () => {
    const { resources, close } = await openKnowledge({ environment: { ...database.environment, EMBEDDER: 'none' } })
    closers.push(close)
    await syncVectors(resources)
    return { resources, close }
  }
}

const files = (count: number) => Array.from({ length: count }, (_, index) => ({ path: `a/file-${index}.md`, content: `# File ${index}\n\nText.` }))

async function follow(resources: Resources, runId: string, isEnough = (_done: number) => false): Promise<string[]> {
  const types = []
  for await (const { type, data } of await followRun(resources, { runId, afterSeq: 0 })) {
    types.push(type)
    if (type === 'RunProgress' && isEnough(data.done as number)) break
  }
  return types
}

const loseJobs = ({ database }: Resources, name: string) => database.$executeRaw`UPDATE pgboss.job SET state = 'failed' WHERE name = ${name}`
const jobCount = async ({ database, queue }: Resources, name: 'import-articles' | 'write-draft') =>
  (await queue.liveJobs(name, { transaction: database })).length

describe('a run', () => {
  test('that is interrupted again and again is taken up each time', async () => {
    const open = await place()
    let runId: string | undefined
    const count = 120
    for (let interruption = 1; interruption <= 6; interruption++) {
      const { resources, close } = await open()
      runId ??= (await startImport(resources, { files: files(count) })).id
      await workOnImports(resources)
      await follow(resources, runId, (done) => done >= interruption * 5)
      await resources.queue.stop({ timeoutMs: 0 })
      expect(await resources.database.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: 'RUNNING' })
      await close()
    }
    const { resources } = await open()
    await workOnImports(resources)
    const types = await follow(resources, runId!)
    // One step a file and the summary: none was done twice.
    expect(types).toHaveLength(count + 2)
    expect(types.at(-1)).toBe('RunCompleted')
  })

  test('whose job is lost gets a new one, and only one', async () => {
    const { resources } = await (await place())()
    const run = await startImport(resources, { files: files(3) })
    expect(await recoverRuns(resources)).toBe(0)
    await loseJobs(resources, 'import-articles')
    await resources.database.run.update({ where: { id: run.id }, data: { status: 'RUNNING' } })
    expect((await Promise.all([recoverRuns(resources), recoverRuns(resources)])).sort()).toEqual([0, 1])
    expect(await jobCount(resources, 'import-articles')).toBe(1)
    await workOnImports(resources)
    expect((await follow(resources, run.id)).at(-1)).toBe('RunCompleted')
    expect(await recoverRuns(resources)).toBe(0)
  })

  test('that nobody works on ends at once when it is cancelled', async () => {
    const { resources } = await (await place())()
    const run = await startImport(resources, { files: files(3) })
    await loseJobs(resources, 'import-articles')
    await resources.database.run.update({ where: { id: run.id }, data: { status: 'RUNNING' } })
    expect(await cancelRun(resources, { runId: run.id })).toMatchObject({ status: 'CANCELLED' })
    expect((await follow(resources, run.id)).at(-1)).toBe('RunCancelled')
    expect(await recoverRuns(resources)).toBe(0)
  })
})

test('a queued draft whose job is lost gets a new one, and only one', async () => {
  const { resources } = await (await place())()
  const { database, queue } = resources
  const customer = await database.customer.create({ data: {} })
  const conversation = await database.conversation.create({ data: { customerId: customer.id } })
  const message = await database.message.create({ data: { conversationId: conversation.id, position: 1, kind: 'CUSTOMER', text: 'Where is it?' } })
  await database.$transaction((tx) => queueDraft({ tx, queue }, { conversationId: conversation.id, turnMessageId: message.id }))
  expect(await recoverQueuedDrafts(resources)).toBe(0)
  await loseJobs(resources, 'write-draft')
  expect((await Promise.all([recoverQueuedDrafts(resources), recoverQueuedDrafts(resources)])).sort()).toEqual([0, 1])
  expect(await jobCount(resources, 'write-draft')).toBe(1)
})
