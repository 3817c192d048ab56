import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { workOnIndex } from '../../src/jobs/index-articles.ts'
import type { Resources } from '../../src/resources.ts'
import { ConflictError } from '../../src/services/errors.ts'
import { chunking } from '../../src/services/knowledge/cut-article.ts'
import { indexArticles } from '../../src/services/knowledge/index-articles.ts'
import { prepareGeneration } from '../../src/services/knowledge/prepare-generation.ts'
import { runReindex } from '../../src/services/knowledge/run-reindex.ts'
import { startReindex } from '../../src/services/knowledge/start-reindex.ts'
import { storeNewArticle } from '../../src/services/knowledge/store-article.ts'
import { syncVectors } from '../../src/services/knowledge/sync-vectors.ts'
import { updateArticle } from '../../src/services/knowledge/update-article.ts'
import { searchKnowledge } from '../../src/services/retrieval/search-knowledge.ts'
import { cancelRun } from '../../src/services/runs/cancel-run.ts'
import { openKnowledge } from '../support/open-knowledge.ts'
import { createTestDatabase } from '../support/test-database.ts'
import { writeTinyEmbedder } from '../support/tiny-models.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const subjects = ['parcel', 'refund', 'password', 'invoice', 'warranty', 'tent', 'jacket', 'zipper', 'voucher', 'stove']
const tries = { signal: new AbortController().signal, isLastTry: false }

/** A database of its own that can be opened several times, with so many articles in it. */
async function openBase({ articles = 20 } = {}) {
  const database = await createTestDatabase()
  closers.push(database.remove)
  const folder = mkdtempSync(join(tmpdir(), 'understudy-generations-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  const open = async (environment: Record<string, string> = {}): Promise<Resources> => {
    const { resources, close } = await openKnowledge({
      environment: { ...database.environment, VECTOR_URI: join(folder, 'vectors'), ...environment },
    })
    closers.push(close)
    return resources
  }
  const resources = await open()
  await prepareGeneration(resources)
  await syncVectors(resources)
  const ids: string[] = []
  for (let index = 0; index < articles; index++) {
    const subject = subjects[index % subjects.length]!
    const content = {
      title: `The ${subject} ${index}`,
      body: `What to do about the ${subject} of order ${index}. It is sent within ${index} days.`,
      category: 'General',
      tags: [],
      audience: 'PUBLIC' as const,
      locale: 'en',
      status: 'PUBLISHED' as const,
    }
    ids.push((await resources.database.$transaction((tx) => storeNewArticle(tx, content, { slug: `article-${index}`, authorId: null }))).id)
  }
  await indexArticles(resources, { articleIds: ids })
  return { resources, ids, open, folder }
}

const states = async ({ database }: Resources) =>
  (await database.indexGeneration.findMany({ orderBy: { number: 'asc' } })).map(({ number, state }) => `${number} ${state}`)
const finds = async (resources: Resources, query = 'refund') =>
  (await searchKnowledge(resources, { query, limit: 3 })).hits.map(({ article }) => article.title)
const typesOf = async ({ database }: Resources, runId: string) =>
  (await database.runEvent.findMany({ where: { runId }, orderBy: { seq: 'asc' } })).map(({ type }) => type)

describe('a rebuild', () => {
  test('swaps a whole index in, keeps the one before, and can be rolled back', async () => {
    const { resources, ids } = await openBase()
    const before = await finds(resources)
    expect(await states(resources)).toEqual(['1 LIVE'])
    const run = await startReindex(resources, {})
    await runReindex(resources, { runId: run.id, ...tries })
    expect(await states(resources)).toEqual(['1 KEPT', '2 LIVE'])
    expect(await finds(resources)).toEqual(before)
    expect(await resources.database.indexGeneration.findUniqueOrThrow({ where: { number: 2 } })).toMatchObject({ articles: 20, recall: 1, chunking })
    const events = await typesOf(resources, run.id)
    expect(events.at(-1)).toBe('RunCompleted')
    expect(events.filter((type) => type === 'RunProgress').length).toBeGreaterThan(1)

    // What changed since is brought up to date on the way back.
    await workOnIndex(resources)
    await updateArticle(resources, { articleId: ids[1]!, title: 'Quokka reimbursements' }, { by: null })
    const back = await startReindex(resources, { rollBack: true })
    await runReindex(resources, { runId: back.id, ...tries })
    expect(await states(resources)).toEqual(['1 LIVE', '2 KEPT'])
    expect((await finds(resources, 'quokka'))[0]).toBe('Quokka reimbursements')
  })

  test('embeds nothing when model and text are the same', async () => {
    const { resources } = await openBase()
    const { embedder } = resources
    const counting = {
      ...resources,
      embedder: new Proxy(embedder!, {
        get: (target, name) => (name === 'embed' ? () => Promise.reject(new Error('embedded')) : Reflect.get(target, name, target)),
      }),
    }
    const run = await startReindex(resources, {})
    await runReindex(counting, { runId: run.id, ...tries })
    expect(await states(resources)).toEqual(['1 KEPT', '2 LIVE'])
  })

  test('is one at a time', async () => {
    const { resources } = await openBase({ articles: 1 })
    const run = await startReindex(resources, {})
    await expect(startReindex(resources, {})).rejects.toThrow(ConflictError)
    await expect(startReindex(resources, { rollBack: true })).rejects.toThrow(ConflictError)
    await cancelRun(resources, { runId: run.id })
    const again = await startReindex(resources, {})
    await runReindex(resources, { runId: again.id, ...tries })
    expect((await states(resources)).at(-1)).toContain('LIVE')
  })

  test('that was interrupted anywhere goes on, and searches never see half of it', async () => {
    const { resources } = await openBase({ articles: 40 })
    const before = await finds(resources)
    const run = await startReindex(resources, {})
    for (let crash = 1; crash <= 3; crash++) {
      const kill = new AbortController()
      const stop = resources.wakeUps.listen(`run:${run.id}`, () => kill.abort(new Error('killed')))
      await runReindex(resources, { runId: run.id, signal: kill.signal, isLastTry: false }).catch((error: Error) =>
        expect(error.message).toBe('killed'),
      )
      stop()
      expect(await finds(resources)).toEqual(before)
    }
    await runReindex(resources, { runId: run.id, ...tries })
    expect(await states(resources)).toEqual(['1 KEPT', '2 LIVE'])
    expect(await finds(resources)).toEqual(before)
    // Its job comes once more, as after a kill between the swap and the end.
    await resources.database.run.update({ where: { id: run.id }, data: { status: 'RUNNING', finishedAt: null } })
    await runReindex(resources, { runId: run.id, ...tries })
    expect(await states(resources)).toEqual(['1 KEPT', '2 LIVE'])
  })

  test('has what was changed, added, unpublished and deleted while it ran', async () => {
    const { resources, ids } = await openBase({ articles: 40 })
    await workOnIndex(resources)
    const run = await startReindex(resources, {})
    let changes: Promise<unknown> | null = null
    const stop = resources.wakeUps.listen(`run:${run.id}`, () => {
      changes ??= Promise.all([
        updateArticle(resources, { articleId: ids[0]!, title: 'Quokka reimbursements' }, { by: null }),
        updateArticle(resources, { articleId: ids[39]!, status: 'ARCHIVED' }, { by: null }),
      ])
    })
    await runReindex(resources, { runId: run.id, ...tries })
    stop()
    await changes
    expect((await states(resources)).at(-1)).toBe('2 LIVE')
    expect((await finds(resources, 'quokka'))[0]).toBe('Quokka reimbursements')
    expect((await resources.database.chunk.findMany({ where: { generation: 2 }, distinct: ['articleId'] })).length).toBe(39)
  })

  test('that is cancelled leaves nothing behind', async () => {
    const { resources } = await openBase({ articles: 40 })
    const run = await startReindex(resources, {})
    const stop = resources.wakeUps.listen(
      `run:${run.id}`,
      () => void resources.database.run.update({ where: { id: run.id }, data: { cancelRequestedAt: new Date() } }).then(),
    )
    await runReindex(resources, { runId: run.id, ...tries })
    stop()
    expect(await states(resources)).toEqual(['1 LIVE'])
    expect(await resources.database.chunk.count({ where: { generation: { not: 1 } } })).toBe(0)
    expect((await typesOf(resources, run.id)).at(-1)).toBe('RunCancelled')
  })
})

test('another embedding model is built beside the live one, which answers meanwhile with its own', async () => {
  const { resources: first, open, folder } = await openBase()
  const modelsDir = join(folder, 'models')
  const shipped = first.config.MODELS_DIR
  await writeTinyEmbedder(modelsDir, 'tiny/embedder', { dimensions: 16 })
  // The old model lies in the same folder.
  const { cpSync } = await import('node:fs')
  cpSync(join(shipped, 'Xenova'), join(modelsDir, 'Xenova'), { recursive: true })
  const before = await finds(first)
  await closers.pop()!()
  const resources = await open({ MODELS_DIR: modelsDir, EMBEDDING_MODEL: 'tiny/embedder' })
  expect(await prepareGeneration(resources)).toBe('reindexing')
  expect(await prepareGeneration(resources)).toBe('reindexing')
  expect(await states(resources)).toEqual(['1 LIVE', '2 BUILDING'])
  expect(await searchKnowledge(resources, { query: 'refund', limit: 3 })).toMatchObject({ degraded: false, mode: 'HYBRID' })
  expect(await finds(resources)).toEqual(before)
  const { id } = await resources.database.run.findFirstOrThrow({ where: { kind: 'REINDEX' } })
  await runReindex(resources, { runId: id, ...tries })
  expect(await states(resources)).toEqual(['1 KEPT', '2 LIVE'])
  expect(await searchKnowledge(resources, { query: 'refund', limit: 3 })).toMatchObject({ degraded: false, mode: 'HYBRID' })
  expect(await prepareGeneration(resources)).toBe('fits')
})
